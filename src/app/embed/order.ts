import { err, ok, type Result } from '../../base/result';

/** What the page around the frame may ask for. */
export type Order =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'document'; readonly document: unknown }
  | { readonly kind: 'seek'; readonly step: number }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' };

type Loose = Readonly<Record<string, unknown>>;

function readLoad({ link, document }: Loose): Result<Order> {
  if (typeof link === 'string' && document === undefined) return ok({ kind: 'link', link });
  if (typeof document === 'object' && document !== null && link === undefined)
    return ok({ kind: 'document', document });
  return err('pagescope:load takes one of two: link, a text, or document, a scenario as an object.');
}

/** By the type of their message. */
const READERS: Readonly<Record<string, (message: Loose) => Result<Order>>> = {
  'pagescope:load': readLoad,
  'pagescope:seek': ({ step }) =>
    typeof step === 'number' && step >= 0 && Number.isFinite(step)
      ? ok({ kind: 'seek', step })
      : err('pagescope:seek takes step, a number from 0.'),
  'pagescope:play': () => ok({ kind: 'play' }),
  'pagescope:pause': () => ok({ kind: 'pause' }),
};

/** Any value is answered with an order, or in words with what would be one. */
export function readOrder(message: unknown): Result<Order> {
  const { type } = (typeof message === 'object' && message !== null ? message : {}) as Loose;
  if (typeof type !== 'string') return err('A message to Pagescope is an object with a type, such as pagescope:seek.');
  if (Object.hasOwn(READERS, type)) return READERS[type](message as Loose);
  return err(`“${type.slice(0, 40)}” is no message to Pagescope. There are ${Object.keys(READERS).join(', ')}.`);
}

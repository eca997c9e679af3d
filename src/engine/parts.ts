import type { RequestBody } from './protocol';

/** What the first picture does without; the worker loads each part when a request takes it for the first time. */
export const LOAD = {
  around: () => import('./around'),
  tree: () => import('./tree-picture'),
  rehearsal: () => import('./rehearsal'),
  source: () => import('./source'),
  strip: () => import('./strip'),
  export: () => import('./export'),
};
export type Part = keyof typeof LOAD;
export type Parts = { readonly [K in Part]: Awaited<ReturnType<(typeof LOAD)[K]>> };

/** The parts that answering a request takes. */
export function partsFor(request: RequestBody): readonly Part[] {
  switch (request.kind) {
    case 'seek':
      return [
        ...(request.look.frames || request.look.lanes || request.look.reach ? (['around'] as const) : []),
        ...(request.look.tree ? (['tree'] as const) : []),
      ];
    case 'predict':
    case 'try':
    case 'reach':
      return ['around'];
    case 'rehearse':
      return ['rehearsal'];
    case 'source':
      return ['source'];
    case 'strip':
      return ['strip'];
    case 'export':
      return ['export'];
    default:
      return [];
  }
}

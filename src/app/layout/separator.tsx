import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { BorderName, Borders } from '../../state/layout';
import { useExplorer, useSession, useView } from '../use-explorer';
import { BORDERS, keptSize, roomOf, type Room } from './borders';

/** Pixels that an arrow key moves a border. */
const STRIDE = 16;

const siblingsOf = (element: Element): readonly HTMLElement[] => [
  ...element.parentElement!.querySelectorAll<HTMLElement>(':scope > [role="separator"]'),
];

const nameOf = (element: HTMLElement): BorderName => element.dataset['name'] as BorderName;

/** Where a border lies on its container, in pixels from the side that it counts from. */
function placeOf(element: HTMLElement): number {
  const { axis, from } = BORDERS[nameOf(element)];
  const own = element.getBoundingClientRect();
  const box = element.parentElement!.getBoundingClientRect();
  if (axis === 'x') {
    const at = (own.left + own.right) / 2;
    return from === 'start' ? at - box.left : box.right - at;
  }
  const at = (own.top + own.bottom) / 2;
  return from === 'start' ? at - box.top : box.bottom - at;
}

function roomAt(element: HTMLElement): Room & { readonly size: number } {
  const name = nameOf(element);
  const { axis, unit } = BORDERS[name];
  const box = element.parentElement!.getBoundingClientRect();
  const place = placeOf(element);
  if (unit === 'px') return { ...roomOf(name, name === 'timeline' ? innerHeight : box.width), size: place };
  const all = siblingsOf(element);
  const at = all.indexOf(element);
  const before = all[at - 1];
  const behind = all[at + 1];
  const total = axis === 'x' ? box.width : box.height;
  const room = roomOf(name, total, before && placeOf(before), behind && placeOf(behind));
  return { ...room, size: place - room.base };
}

/** Borders in the same column, as they lie: one that is moved holds the others where they are. */
function bordersWith(element: HTMLElement, size: number): Borders {
  const room = roomAt(element);
  const name = nameOf(element);
  const moved = { [name]: keptSize(name, size, room) };
  if (BORDERS[name].unit === 'px') return moved;
  const others = siblingsOf(element).map((one) => [nameOf(one), Math.round((1000 * placeOf(one)) / room.total) / 10]);
  return { ...Object.fromEntries(others), ...moved };
}

interface Values {
  readonly now: number;
  readonly min: number;
  readonly max: number;
}

function valuesOf(element: HTMLElement): Values {
  const { size, min, max, total } = roomAt(element);
  const shown = (px: number): number =>
    Math.round(BORDERS[nameOf(element)].unit === 'px' ? px : (100 * px) / Math.max(1, total));
  const [now, least, most] = [shown(size), shown(min), shown(max)];
  return { now, min: Math.min(now, least), max: Math.max(now, most) };
}

/** What assistive technology hears of a border; measured, because most borders lie where the style puts them. */
function useValues() {
  const ref = useRef<HTMLDivElement>(null);
  const [values, setValues] = useState<Values>({ now: 0, min: 0, max: 100 });
  const borders = useView(({ layout }) => layout.borders);
  // The panels are others once there is something to show.
  const shown = useSession(({ picture }) => picture !== undefined);
  const measure = useCallback((): void => {
    const next = valuesOf(ref.current!);
    setValues((old) => (old.now === next.now && old.min === next.min && old.max === next.max ? old : next));
  }, []);
  useLayoutEffect(() => {
    if (!shown) return undefined;
    const { parentElement, previousElementSibling } = ref.current!;
    const observer = new ResizeObserver(measure);
    for (const one of [parentElement, previousElementSibling]) if (one) observer.observe(one);
    return () => observer.disconnect();
  }, [measure, shown]);
  useLayoutEffect(measure, [measure, borders]);
  return [ref, values] as const;
}

/** A border that is moved by dragging or by arrow keys; a double click puts it back. */
export function Separator({ name }: { readonly name: BorderName }) {
  const explorer = useExplorer();
  const [ref, values] = useValues();
  /** Pixels between the pointer and the border it has hold of. */
  const grip = useRef(0);
  const { label, axis, from, unit } = BORDERS[name];

  const place = (size: number): void => {
    const { borders } = explorer.view.getState().layout;
    explorer.arrange({ borders: { ...borders, ...bordersWith(ref.current!, size) } });
  };
  const sizeAt = (event: PointerEvent): number => {
    const box = ref.current!.parentElement!.getBoundingClientRect();
    const at = axis === 'x' ? event.clientX - box.left : event.clientY - box.top;
    return (from === 'start' ? at : (axis === 'x' ? box.width : box.height) - at) - roomAt(ref.current!).base;
  };
  const reset = (): void => {
    const left = { ...explorer.view.getState().layout.borders };
    for (const one of unit === 'px' ? [ref.current!] : siblingsOf(ref.current!)) delete left[nameOf(one)];
    explorer.arrange({ borders: left });
  };
  const press = (event: KeyboardEvent): void => {
    const room = roomAt(ref.current!);
    const forward = from === 'start' ? 1 : -1;
    const sizes: Readonly<Record<string, number>> = {
      Home: room.min,
      End: room.max,
      [axis === 'x' ? 'ArrowRight' : 'ArrowDown']: room.size + forward * STRIDE,
      [axis === 'x' ? 'ArrowLeft' : 'ArrowUp']: room.size - forward * STRIDE,
    };
    const size = sizes[event.key];
    if (size === undefined) return;
    event.preventDefault();
    place(size);
  };
  return (
    <div
      ref={ref}
      className={`separator along-${axis}`}
      data-name={name}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={values.now}
      aria-valuemin={values.min}
      aria-valuemax={values.max}
      aria-valuetext={`${values.now} ${unit === 'px' ? 'pixels' : '%'}`}
      title={`${label}: drag, or arrow keys; double click resets`}
      onKeyDown={press}
      onDoubleClick={reset}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = sizeAt(event) - roomAt(event.currentTarget).size;
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) place(sizeAt(event) - grip.current);
      }}
    />
  );
}

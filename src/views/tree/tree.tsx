import './tree.css';
import { memo, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { TreeNode } from '../../engine/picture';
import { zoomed, usePanZoom, type Transform } from '../../draw/pan-zoom';
import { elbowPath, linkPath, listLayout, treeLayout, type Placed } from '../../draw/tree';
import { useSize } from '../../draw/size';
import { Card } from './card';
import type { TreeProps } from './props';
import { stopsAt, thingOf } from './words';

/** Size of a card, and the room it has with the gap around it; tree.css has the same. */
const [WIDTH, HEIGHT] = [128, 54];
const [ROOM_X, ROOM_Y] = [WIDTH + 22, HEIGHT + 8];
/** What opens a card stands at its right. */
const KNOB = 22;
/** In a window narrower than this, five columns could not be read: cards stand below each other. */
const LIST_BELOW = 600;
const INDENT = 22;
/** Smaller than this, cards are hard to read; only who asks for all of the tree sees it smaller. */
const READABLE = 0.85;
const LEAST_FIT = 0.3;
const MARGIN = 8;

/** All tables from CR3 down, runs of alike entries as one card each; opened on demand. */
export function Tree({ tree, lit, onToggle, onHover, onSelect }: TreeProps) {
  const [box, size] = useSize<HTMLDivElement>({ width: 740, height: 280 });
  const isList = size.width < LIST_BELOW;
  const placed = useMemo(
    () => (isList ? listLayout<TreeNode>(tree.root, INDENT, ROOM_Y) : treeLayout<TreeNode>(tree.root, ROOM_X, ROOM_Y)),
    [tree, isList],
  );
  const { transform, setTransform, zoomBy, dragged, handlers } = usePanZoom(box);
  const deepest = placed.findLast(({ data }) => data.onPath)?.data.id ?? '';
  const [active, setActive] = useState(deepest);
  const current = placed.find(({ data }) => data.id === active) ?? placed[0];
  const fit = (least: number): void => setTransform(fitting(placed, size.width, size.height, least, current, isList));

  useAnchor(placed, current, setTransform);
  // The way of another address is brought into sight.
  useLayoutEffect(() => {
    setActive(deepest);
    const target = placed.find(({ data }) => data.id === deepest);
    if (target) setTransform((old) => revealing(old, target, size.width, size.height));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only when the way changes, not with each step or drag.
  }, [deepest]);
  useLayoutEffect(() => {
    fit(READABLE);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- When the room changes, and no other time.
  }, [size.width, size.height]);

  const activate = (target: Placed<TreeNode>, reveal: boolean): void => {
    setActive(target.data.id);
    if (reveal) setTransform((old) => revealing(old, target, size.width, size.height));
  };
  const goTo = (target: Placed<TreeNode> | undefined): void => {
    if (!target) return;
    activate(target, true);
    box.current?.querySelector<HTMLElement>(`[data-id="${target.data.id}"]`)?.focus({ preventScroll: true });
  };
  const press = (event: KeyboardEvent): void => {
    const at = current ? placed.indexOf(current) : 0;
    const { data } = placed[at];
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(placed[at + 1]),
      ArrowUp: () => goTo(placed[at - 1]),
      ArrowRight: () => (data.children ? goTo(placed[at + 1]) : data.opens && onToggle(data.id, true)),
      ArrowLeft: () => (data.children ? onToggle(data.id, false) : goTo(placed[at].parent)),
      Home: () => goTo(placed[0]),
      End: () => goTo(placed.at(-1)),
      Enter: () => onSelect(thingOf(data)),
      ' ': () => onSelect(thingOf(data)),
      '+': () => zoomBy(1.25),
      '-': () => zoomBy(0.8),
      0: () => fit(LEAST_FIT),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const { x, y, k } = transform;
  return (
    <div className="tree-view">
      <div className="tree-window" ref={box} {...handlers}>
        <div
          className="tree-ground"
          role="tree"
          tabIndex={-1}
          aria-label="Tables"
          style={{ transform: `translate(${x}px, ${y}px) scale(${k})` }}
        >
          <Links placed={placed} isList={isList} />
          {placed.map((one) => (
            <Card
              key={one.data.id}
              placed={one}
              lit={lit}
              active={one === current}
              onActive={activate}
              onKey={press}
              onToggle={onToggle}
              onHover={onHover}
              onSelect={(thing) => dragged() || onSelect(thing)}
            />
          ))}
        </div>
      </div>
      <div className="tree-tools">
        {!tree.root.onPath && <span className="refused">not canonical: no entry is read</span>}
        {tree.more > 0 && <span>{tree.more} more are not shown; close some</span>}
        <button type="button" onClick={() => fit(LEAST_FIT)}>
          Fit
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(0.8)}>
          −
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(1.25)}>
          +
        </button>
      </div>
    </div>
  );
}

interface LinksProps {
  readonly placed: readonly Placed<TreeNode>[];
  readonly isList: boolean;
}

const Links = memo(function Links({ placed, isList }: LinksProps) {
  return (
    <svg className="tree-links" aria-hidden="true">
      {placed.map(
        ({ data, parent, x, y }) =>
          parent && (
            <path
              key={data.id}
              className={stopsAt(data) ? 'stops' : data.onPath ? 'on-path' : undefined}
              d={
                isList
                  ? elbowPath([parent.x + INDENT / 2, parent.y + HEIGHT / 2], [x, y])
                  : linkPath([parent.x + WIDTH, parent.y], [x, y])
              }
            />
          ),
      )}
    </svg>
  );
});

/** Keeps a node where it is on screen when others come and go around it. */
function useAnchor(
  placed: readonly Placed<TreeNode>[],
  current: Placed<TreeNode> | undefined,
  setTransform: (change: (old: Transform) => Transform) => void,
): void {
  const before = useRef({ placed, current });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { placed, current };
    if (last.placed === placed || !last.current || !current || last.current.data.id !== current.data.id) return;
    const [dx, dy] = [last.current.x - current.x, last.current.y - current.y];
    if (dx !== 0 || dy !== 0) setTransform((old) => ({ ...old, x: old.x + dx * old.k, y: old.y + dy * old.k }));
  });
}

/** All of the tree in a window, or as much as can still be read, around one node. */
function fitting(
  placed: readonly Placed<TreeNode>[],
  width: number,
  height: number,
  least: number,
  around: Placed<TreeNode> | undefined,
  isList: boolean,
): Transform {
  const right = Math.max(...placed.map(({ x, data }) => x + WIDTH + (data.opens ? KNOB : 0)));
  const [low, high] = [Math.min(...placed.map(({ y }) => y)), Math.max(...placed.map(({ y }) => y))];
  const tall = high - low + HEIGHT;
  const k = Math.max(least, Math.min(1, (width - 2 * MARGIN) / right, (height - 2 * MARGIN) / tall));
  const middle = { x: (width - right * k) / 2, y: height / 2 - ((low + high) / 2) * k, k };
  // A list begins at the top left; the other begins with the root, which stands in the middle.
  const top = MARGIN + (HEIGHT / 2 - low) * k;
  const start = isList ? { x: MARGIN, y: top, k } : { ...middle, x: Math.max(MARGIN, middle.x) };
  return around ? revealing(start, around, width, height) : start;
}

/** Moved just so far that a node is in sight. */
function revealing(old: Transform, { x, y }: Placed<TreeNode>, width: number, height: number): Transform {
  const moved = (from: number, length: number, room: number): number =>
    Math.max(MARGIN - from, 0) + Math.min(room - MARGIN - from - length, 0);
  const { k } = old;
  const dx = moved(x * k + old.x, WIDTH * k, width);
  const dy = moved((y - HEIGHT / 2) * k + old.y, HEIGHT * k, height);
  return dx === 0 && dy === 0 ? old : zoomed({ x: old.x + dx, y: old.y + dy, k }, 1, 0, 0);
}

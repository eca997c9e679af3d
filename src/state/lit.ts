import type { Lit, Stretch, Thing } from '../engine/thing';
import type { MappingPicture, Picture, TimelinePicture } from '../engine/picture';
import { PAGE_SIZE, SPAN, type Level } from '../machine/address';
import { needsMapping } from '../machine/op';
import { partsWithin, rangeList } from '../machine/ranges';
import type { Scenario } from '../scenario';
import { endOf, frameOfVa, mappingsOf } from './selection';

export const NOTHING_LIT: Lit = {
  vas: [],
  frames: [],
  entries: [],
  mappings: [],
  ops: [],
  steps: [],
  pcpus: [],
  messages: [],
  hazards: [],
};

/** Where a thing is looked up. */
export interface Around {
  readonly document: Scenario;
  readonly timeline: TimelinePicture | undefined;
  readonly picture: Picture | undefined;
}

/** More ranges than this are marked from their lowest frame to their highest. */
const MOST_RANGES = 512;

const page = (va: bigint, level: Level = 1): Stretch<bigint> => {
  const size = BigInt(SPAN[level] * PAGE_SIZE);
  const start = va & ~(size - 1n);
  return { start, end: start + size };
};
const one = (n: number): Stretch<number> => ({ start: n, end: n + 1 });

/** What belongs to a thing, found in what is on the page: nothing is asked of the engine, so that it shows at once. */
export function litBy(thing: Thing, around: Around): Lit {
  const lit = direct(thing, around);
  const mappings = mappingsAt(lit, around.picture);
  return { ...lit, mappings: [...new Set([...lit.mappings, ...mappings.map(({ id }) => id)])] };
}

function direct(thing: Thing, around: Around): Lit {
  switch (thing.kind) {
    case 'va':
      return ofPage(page(thing.va, thing.level), around);
    case 'entry':
      return {
        ...NOTHING_LIT,
        vas: [page(thing.va, thing.level)],
        entries: [thing.tableMPN * PAGE_SIZE + thing.index * 8],
        frames: targetOf(thing, around),
      };
    case 'table':
      return { ...NOTHING_LIT, vas: [spanOfTable(thing)], frames: [one(thing.mpn)] };
    case 'frame':
      return ofFrames({ start: thing.mpn, end: thing.mpn + thing.count }, around);
    case 'tlb':
      return {
        ...NOTHING_LIT,
        vas: [page(thing.va, thing.level)],
        frames: [{ start: thing.mpn, end: thing.mpn + SPAN[thing.level] }],
        pcpus: [thing.pcpu],
        steps: thing.born > 0 ? [one(thing.born)] : [],
      };
    case 'mapping':
      return ofMapping(thing.id, around);
    case 'op':
      return ofOp(thing.index, around);
    case 'step':
      return ofStep(thing.step, around);
    case 'message':
      return ofMessage(thing.index, around);
    case 'pcpu':
      return { ...NOTHING_LIT, pcpus: [thing.id] };
    default:
      return ofHazard(thing.index, around);
  }
}

const spanOfTable = ({ va, level }: { va: bigint; level: Level }): Stretch<bigint> => {
  const size = BigInt(SPAN[(level + 1) as Level | 5] * PAGE_SIZE);
  const start = va & ~(size - 1n);
  return { start, end: start + size };
};

/** What an entry on the path points to. */
function targetOf({ level, index }: { level: Level; index: number }, { picture }: Around): readonly Stretch<number>[] {
  const near = picture?.walk.levels.find((table) => table.level === level)?.near;
  const entry = near?.find((each) => each.index === index);
  if (!entry || (entry.entry & 1n) === 0n) return [];
  const large = level > 1 && (entry.entry & 128n) !== 0n;
  return [{ start: entry.target, end: entry.target + (large ? SPAN[level] : 1) }];
}

function ofPage(stretch: Stretch<bigint>, around: Around): Lit {
  const { picture } = around;
  const { walk } = picture ?? {};
  const onPath = walk && walk.va >= stretch.start && walk.va < stretch.end ? walk : undefined;
  const mpn = onPath?.end.kind === 'page' ? onPath.end.mpn : frameOfVa(picture, around.document, stretch.start);
  return {
    ...NOTHING_LIT,
    vas: [stretch],
    frames: mpn === undefined ? [] : [{ start: mpn, end: mpn + Number(stretch.end - stretch.start) / PAGE_SIZE }],
    entries: onPath?.levels.map(({ ma }) => ma) ?? [],
  };
}

/** Every address at which a frame is mapped. */
function ofFrames(frames: Stretch<number>, { document, picture }: Around): Lit {
  const vas = mappingsOf(picture).flatMap((mapping) => {
    const op = document.ops[mapping.op];
    if (op?.op !== 'map') return [];
    const found: Stretch<bigint>[] = [];
    for (const { offset, pages } of partsWithin(rangeList(op.ranges), frames.start, frames.end)) {
      const start = mapping.va + BigInt(offset * PAGE_SIZE);
      found.push({ start, end: start + BigInt(pages * PAGE_SIZE) });
      if (found.length === MOST_RANGES) break;
    }
    return found;
  });
  const table = picture?.walk.levels.find(({ tableMPN }) => tableMPN >= frames.start && tableMPN < frames.end);
  const through = table ? [spanOfTable({ va: picture?.walk.va ?? 0n, level: table.level })] : [];
  return { ...NOTHING_LIT, frames: [frames], vas: [...vas, ...through] };
}

function ofMapping(id: number, around: Around): Lit {
  const mapping = mappingsOf(around.picture).find((each) => each.id === id);
  if (!mapping) return NOTHING_LIT;
  const { ops } = around.document;
  const uses = ops.flatMap((op, index) => (needsMapping(op) === mapping.name ? [index] : []));
  return {
    ...NOTHING_LIT,
    mappings: [id],
    vas: [{ start: mapping.va, end: endOf(mapping) }],
    frames: framesOf(mapping, around),
    ops: [mapping.op, ...uses],
  };
}

function framesOf(mapping: MappingPicture, { document }: Around): readonly Stretch<number>[] {
  const op = document.ops[mapping.op];
  if (op?.op !== 'map') return [];
  const { starts, pages, low, high } = rangeList(op.ranges);
  if (starts.length > MOST_RANGES) return [{ start: low, end: high }];
  return Array.from(starts, (start, i) => ({ start, end: start + pages[i] }));
}

function ofOp(index: number, around: Around): Lit {
  const { timeline, document, picture } = around;
  const op = document.ops[index];
  const span = timeline?.ops[index];
  if (!op || !span) return NOTHING_LIT;
  const name = op.op === 'map' ? op.as : needsMapping(op);
  const mapping = mappingsOf(picture).find((each) => each.name === name);
  return {
    ...(mapping ? ofMapping(mapping.id, around) : NOTHING_LIT),
    ops: [index],
    steps: span.first > 0 ? [{ start: span.first, end: span.last + 1 }] : [],
    pcpus: [span.pcpu],
  };
}

function ofStep(step: number, { timeline }: Around): Lit {
  if (!timeline || step < 1 || step > timeline.steps) return NOTHING_LIT;
  const { pcpus, ops } = timeline.acts;
  const { sentBy, arrivedAt } = timeline.messages;
  const messages = sentBy.reduce<number[]>(
    (list, by, i) => (by === step || arrivedAt[i] === step ? [...list, i] : list),
    [],
  );
  return { ...NOTHING_LIT, steps: [one(step)], pcpus: [pcpus[step]], ops: [ops[step]], messages };
}

function ofMessage(index: number, { timeline }: Around): Lit {
  if (!timeline || index >= timeline.messages.kinds.length) return NOTHING_LIT;
  const { from, to, sentBy, arrivedAt, ops } = timeline.messages;
  const steps = [sentBy[index], arrivedAt[index]].filter((step) => step > 0);
  return {
    ...NOTHING_LIT,
    messages: [index],
    pcpus: [from[index], to[index]],
    ops: [ops[index]],
    steps: steps.map(one),
  };
}

function ofHazard(index: number, around: Around): Lit {
  const hazard = around.picture?.hazards[index];
  if (!hazard) return NOTHING_LIT;
  const { va, mpn, pcpu, op, step } = hazard;
  const lit = va === undefined ? NOTHING_LIT : ofPage(page(va), around);
  return {
    ...lit,
    frames: mpn === undefined ? lit.frames : [one(mpn)],
    pcpus: pcpu === undefined ? [] : [pcpu],
    ops: op === undefined ? [] : [op],
    steps: [one(step)],
    hazards: [index],
  };
}

const mappingsAt = ({ vas, mappings }: Lit, picture: Picture | undefined): readonly MappingPicture[] =>
  mappings.length > 0
    ? []
    : mappingsOf(picture).filter((mapping) => vas.some(({ start, end }) => start < endOf(mapping) && end > mapping.va));

/** The address that a thing stands for, if it stands for one. */
export function vaOf(thing: Thing, { picture, document }: Around): bigint | undefined {
  switch (thing.kind) {
    case 'va':
    case 'entry':
    case 'table':
    case 'tlb':
      return thing.va;
    case 'frame':
      return ofFrames(one(thing.mpn), { picture, document, timeline: undefined }).vas[0]?.start;
    case 'mapping':
      return mappingsOf(picture).find(({ id }) => id === thing.id)?.va;
    case 'hazard':
      return picture?.hazards[thing.index]?.va;
    default:
      return undefined;
  }
}

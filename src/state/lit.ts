import { joined, meets } from '../base/stretches';
import { DARK, type Lit, type Stretch, type Thing } from '../engine/thing';
import type { MappingPicture, Picture, WalkPicture } from '../engine/picture';
import { PAGE_SIZE, SPAN, vaOfVpn, type Level } from '../machine/address';
import { partsWithin, rangeList } from '../machine/ranges';
import type { Scenario } from '../scenario';
import type { Around } from './around';
import { messagesOf, opsAbout, pagesOfStep, stepsOf, type About } from './lit-ops';
import { endOf, framesOfPages, frameOfVa, mappingsOf, wholeFrames } from './selection';

/** More ranges than this are marked from the first to the last. */
const MOST_RANGES = 512;

const page = (va: bigint, level: Level = 1): Stretch<bigint> => {
  const size = BigInt(SPAN[level] * PAGE_SIZE);
  const start = va & ~(size - 1n);
  return { start, end: start + size };
};
const one = (n: number): Stretch<number> => ({ start: n, end: n + 1 });

/** What belongs to a thing, found in what is on the page: nothing is asked of the engine, so that it shows at once. */
export function litBy(thing: Thing, around: Around): Lit {
  const part = { ...DARK, ...direct(thing, around) };
  const { picture } = around;
  const lit = { ...part, vas: joined(part.vas), frames: joined(part.frames), steps: joined(part.steps) };
  const mappings = mappingsOf(picture).filter((mapping) => meets(lit.vas, mapping.va, endOf(mapping)));
  return {
    ...lit,
    mappings: [...new Set([...lit.mappings, ...mappings.map(({ id }) => id)])],
    hazards: hazardsOf(thing, lit, picture),
  };
}

function direct(thing: Thing, around: Around): Partial<Lit> {
  switch (thing.kind) {
    case 'va': {
      const about = ofPage(page(thing.va, thing.level), around);
      return { ...about, ...withOps({ vas: about.vas, entries: about.entries }, around) };
    }
    case 'entry': {
      const about = { vas: [page(thing.va, thing.level)], entries: [thing.tableMPN * PAGE_SIZE + thing.index * 8] };
      return { ...about, frames: targetOf(thing, around), ...withOps(about, around) };
    }
    case 'table': {
      const about = { vas: [spanOfTable(thing)], frames: [one(thing.mpn)] };
      return { ...about, ...withOps(about, around) };
    }
    case 'frame':
      return ofFrames({ start: thing.mpn, end: thing.mpn + thing.count }, around);
    case 'tlb': {
      const vas = [page(thing.va, thing.level)];
      return {
        vas,
        frames: [{ start: thing.mpn, end: thing.mpn + SPAN[thing.level] }],
        entries: walkOn(vas[0], around)?.levels.map(({ ma }) => ma) ?? [],
        pcpus: [thing.pcpu],
        ops: opsAbout({ vas }, around),
        // Of all steps only the one that it comes from.
        steps: thing.born > 0 ? [one(thing.born)] : [],
      };
    }
    case 'mapping':
      return ofMapping(thing.id, around);
    case 'op':
      return ofOp(thing.index, around);
    case 'step':
      return ofStep(thing.step, around);
    case 'message':
      return ofMessage(thing.index, around);
    case 'pcpu':
      return ofPcpu(thing.id, around);
    default:
      return ofHazard(thing.index, around);
  }
}

/** The operations about something, with all of their steps. */
function withOps(about: About, around: Around): Pick<Lit, 'ops' | 'steps'> {
  const ops = opsAbout(about, around);
  return { ops, steps: stepsOf(ops, around.timeline) };
}

const spanOfTable = ({ va, level }: { va: bigint; level: Level }): Stretch<bigint> => {
  const size = BigInt(SPAN[(level + 1) as Level | 5] * PAGE_SIZE);
  const start = va & ~(size - 1n);
  return { start, end: start + size };
};

/** The walk on the page of an address in a stretch: the selected one, or that under the pointer. */
const walkOn = ({ start, end }: Stretch<bigint>, { picture, preview }: Around): WalkPicture | undefined =>
  [picture?.walk, preview].find((walk) => walk && walk.va >= start && walk.va < end);

/** What an entry on the path points to. */
function targetOf(
  { level, tableMPN, index }: { level: Level; tableMPN: number; index: number },
  { picture, preview }: Around,
): readonly Stretch<number>[] {
  const tables = [...(picture?.walk.levels ?? []), ...(preview?.levels ?? [])];
  const same = tables.filter((table) => table.level === level && table.tableMPN === tableMPN);
  const entry = same.flatMap(({ near }) => near).find((each) => each.index === index);
  if (!entry || (entry.entry & 1n) === 0n) return [];
  const large = level > 1 && (entry.entry & 128n) !== 0n;
  return [{ start: entry.target, end: entry.target + (large ? SPAN[level] : 1) }];
}

function ofPage(stretch: Stretch<bigint>, around: Around): Pick<Lit, 'vas' | 'frames' | 'entries'> {
  const walk = walkOn(stretch, around);
  const pages = Number(stretch.end - stretch.start) / PAGE_SIZE;
  const shown = walk?.end.kind === 'page' ? walk.end.mpn : undefined;
  const mpn = walk ? shown : frameOfVa(around.picture, around.document, stretch.start);
  // Of a large page the walk may be that of an address in its middle.
  const start = mpn === undefined ? undefined : walk ? mpn - (mpn % pages) : mpn;
  return {
    vas: [stretch],
    frames: start === undefined ? [] : [{ start, end: start + pages }],
    entries: walk?.levels.map(({ ma }) => ma) ?? [],
  };
}

const vasOfPages = (pages: readonly Stretch<number>[]): readonly Stretch<bigint>[] =>
  pages.map(({ start, end }) => ({ start: vaOfVpn(start), end: vaOfVpn(start) + BigInt(end - start) * 4096n }));

/** Every address at which frames show: by the tables, once the worker has looked; until then by the requests. */
function ofFrames(frames: Stretch<number>, around: Around): Partial<Lit> {
  const { document, picture, reach } = around;
  const found = reach?.find(({ mpn, count }) => mpn === frames.start && mpn + count === frames.end);
  const holders = mappingsOf(picture).flatMap((mapping) => {
    const vas = partsOf(mapping, frames, document);
    return vas.length > 0 ? [{ mapping, vas }] : [];
  });
  const asked = found && !found.more ? [] : [...holders.flatMap(({ vas }) => vas), ...throughTable(frames, picture)];
  const vas = (found?.places ?? []).map(({ va, pages }) => ({ start: va, end: va + BigInt(pages) * 4096n }));
  const about = { frames: [frames], vas: [...vas, ...asked] };
  const entries = (found?.places ?? []).filter((place) => place.entries === 1).map(({ ma }) => ma);
  return {
    ...about,
    entries,
    mappings: holders.map(({ mapping }) => mapping.id),
    ...withOps({ ...about, entries, by: 'frames' }, around),
  };
}

/** Where the request of a mapping shows frames; where that is at very many places, all of it. */
function partsOf(mapping: MappingPicture, frames: Stretch<number>, { ops }: Scenario): readonly Stretch<bigint>[] {
  const op = ops[mapping.op];
  if (op?.op !== 'map') return [];
  const found: Stretch<bigint>[] = [];
  for (const { offset, pages } of partsWithin(rangeList(op.ranges), frames.start, frames.end)) {
    if (found.length === MOST_RANGES) return [{ start: mapping.va, end: endOf(mapping) }];
    const start = mapping.va + BigInt(offset * PAGE_SIZE);
    found.push({ start, end: start + BigInt(pages * PAGE_SIZE) });
  }
  return found;
}

/** What lies below a table of the present walk. */
function throughTable({ start, end }: Stretch<number>, picture: Picture | undefined): readonly Stretch<bigint>[] {
  const table = picture?.walk.levels.find(({ tableMPN }) => tableMPN >= start && tableMPN < end);
  return table && picture ? [spanOfTable({ va: picture.walk.va, level: table.level })] : [];
}

function ofMapping(id: number, around: Around): Partial<Lit> {
  const mapping = mappingsOf(around.picture).find((each) => each.id === id);
  if (!mapping) return {};
  const ops = opsAbout({ map: mapping.op }, around);
  return {
    mappings: [id],
    vas: [{ start: mapping.va, end: endOf(mapping) }],
    frames: wholeFrames(mapping.op, around.document),
    ops,
    steps: stepsOf(ops, around.timeline),
  };
}

/** The pages, the frames and the entry that an operation acts on, or those pages of it that are given. */
function placeOf(index: number, { timeline, document, picture }: Around, pages?: readonly Stretch<number>[]) {
  const place = timeline?.places[index];
  if (!timeline || !place) return {};
  const { map, entry } = place;
  const own = pages ?? place.pages;
  const mapping = mappingsOf(picture).find(({ op }) => op === map);
  const first = timeline.places[map]?.pages[0]?.start;
  const shown = first === undefined ? [] : framesOfPages(map, own, first, document);
  return {
    vas: [...vasOfPages(own), ...(entry === undefined ? [] : servedBy(entry, picture))],
    frames: [...place.frames, ...shown],
    entries: entry === undefined ? [] : [entry],
    mappings: mapping ? [mapping.id] : [],
  };
}

/** The addresses that an entry serves, if its table is on the present path. */
function servedBy(ma: number, picture: Picture | undefined): readonly Stretch<bigint>[] {
  const table = picture?.walk.levels.find(({ tableMPN }) => tableMPN === Math.floor(ma / PAGE_SIZE));
  if (!table || !picture) return [];
  const { start } = spanOfTable({ va: picture.walk.va, level: table.level });
  return [page(start + BigInt(((ma % PAGE_SIZE) / 8) * SPAN[table.level]) * 4096n, table.level)];
}

function ofOp(index: number, around: Around): Partial<Lit> {
  const { timeline } = around;
  const span = timeline?.ops[index];
  if (!timeline || !span) return {};
  return {
    ...placeOf(index, around),
    ops: [one(index)],
    steps: stepsOf([one(index)], timeline),
    pcpus: [span.pcpu],
    messages: messagesOf(around, (i) => timeline.messages.ops[i] === index),
  };
}

function ofStep(step: number, around: Around): Partial<Lit> {
  const { timeline, document } = around;
  if (!timeline || step < 1 || step > timeline.steps) return {};
  const { pcpus, ops } = timeline.acts;
  const { sentBy, arrivedAt } = timeline.messages;
  return {
    ...placeOf(ops[step], around, pagesOfStep(step, timeline, document)),
    steps: [one(step)],
    pcpus: [pcpus[step]],
    ops: [one(ops[step])],
    messages: messagesOf(around, (i) => sentBy[i] === step || arrivedAt[i] === step),
  };
}

function ofMessage(index: number, around: Around): Partial<Lit> {
  const { timeline } = around;
  if (!timeline || index >= timeline.messages.kinds.length) return {};
  const { from, to, sentBy, arrivedAt, ops } = timeline.messages;
  const steps = [sentBy[index], arrivedAt[index]].filter((step) => step > 0);
  return {
    ...placeOf(ops[index], around),
    messages: [index],
    pcpus: [from[index], to[index]],
    ops: [one(ops[index])],
    steps: steps.map(one),
  };
}

/** Its track is marked as a whole, so no steps are named. */
function ofPcpu(id: number, around: Around): Partial<Lit> {
  const { timeline } = around;
  if (!timeline) return { pcpus: [id] };
  const { from, to } = timeline.messages;
  return {
    pcpus: [id],
    ops: joined(timeline.ops.flatMap(({ pcpu, first }, i) => (pcpu === id && first > 0 ? [one(i)] : []))),
    messages: messagesOf(around, (i) => from[i] === id || to[i] === id),
  };
}

function ofHazard(index: number, around: Around): Partial<Lit> {
  const hazard = around.picture?.hazards[index];
  if (!hazard) return {};
  const { va, mpn, pcpu, op, step } = hazard;
  const { mappings = [], ...frame } = mpn === undefined ? {} : ofFrames(one(mpn), around);
  const place = va === undefined ? undefined : ofPage(page(va), around);
  const nowhere = op !== undefined && va === undefined && mpn === undefined;
  return {
    ...(nowhere && placeOf(op, around)),
    ...(mpn !== undefined && { ...frame, mappings }),
    ...(place && { ...place, frames: mpn === undefined ? place.frames : [one(mpn)] }),
    pcpus: pcpu === undefined ? [] : [pcpu],
    ops: op === undefined ? [] : [one(op)],
    steps: [one(step)],
  };
}

/** The hazards that name something of what is lit. */
function hazardsOf(thing: Thing, lit: Lit, picture: Picture | undefined): readonly number[] {
  const named = (is: (hazard: Picture['hazards'][number], index: number) => boolean): readonly number[] =>
    picture?.hazards.flatMap((hazard, i) => (is(hazard, i) ? [i] : [])) ?? [];
  switch (thing.kind) {
    case 'hazard':
      return named((_, i) => i === thing.index);
    case 'op':
      return named(({ op }) => op === thing.index);
    case 'step':
      return named(({ step }) => step === thing.step);
    case 'message':
      return named(({ op, step }) => meets(lit.ops, op ?? -1, (op ?? -1) + 1) && meets(lit.steps, step, step + 1));
    case 'pcpu':
      return named(({ pcpu }) => pcpu === thing.id);
    default:
      return named(
        ({ va, mpn }) =>
          (va !== undefined && meets(lit.vas, va, va + 1n)) || (mpn !== undefined && meets(lit.frames, mpn, mpn + 1)),
      );
  }
}

/** The address that a thing stands for, if it stands for one. */
export function vaOf(thing: Thing, around: Around): bigint | undefined {
  const { picture } = around;
  switch (thing.kind) {
    case 'va':
    case 'entry':
    case 'table':
    case 'tlb':
      return thing.va;
    case 'frame':
      return ofFrames({ start: thing.mpn, end: thing.mpn + thing.count }, around).vas?.[0]?.start;
    case 'mapping':
      return mappingsOf(picture).find(({ id }) => id === thing.id)?.va;
    case 'hazard':
      return picture?.hazards[thing.index]?.va;
    default:
      return undefined;
  }
}

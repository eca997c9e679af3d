import { IntervalMap } from '../base/interval-map';
import { OrderedMap } from '../base/ordered-map';
import { aliasSegments } from './alias';
import { TABLE_FLAGS, leafFlags } from './attributes';
import { SPAN, type Level } from './address';
import type { MachineConfig } from './config';
import type { TableImage } from './table-image';
import { makeControl, type Control } from './control';
import { COST_PROFILES, type CostProfile } from './cost';
import { addHazard, type Hazard } from './hazards';
import type { Mapping } from './mapping';
import { Memory, type MemorySnapshot } from './memory';
import { TypeResolver, type PagingUnit } from './mmu';
import type { AddressRef, Injection, Op } from './op';
import { FramePool } from './pool';
import { RegionMap } from './regions';
import type { Segment } from './segments';
import type { MachineState, Pcpu } from './state';
import {
  addTables,
  assignFrames,
  countNeeds,
  emptyDirectory,
  missingTables,
  tablesNeeded,
  writeEntries,
  type Directory,
  type TableRun,
} from './tables';
import { Tlb, type TlbSnapshot } from './tlb';
import { IO_ATTRS, READONLY } from './vmkapi';

export interface MachineSnapshot {
  readonly state: MachineState;
  readonly memory: MemorySnapshot;
  readonly tlbs: readonly TlbSnapshot[];
}

/**
 * The simulated machine with the operations it is to carry out. `state` is immutable and replaced as a whole; memory words and
 * TLBs are changed in place and share with snapshots until they change.
 */
export class Machine {
  readonly memory = new Memory();
  readonly tlbs: readonly Tlb[];
  readonly regions: RegionMap;
  readonly costs: CostProfile;
  state: MachineState;
  /** The tables that were there at the start: vmkernel writes in them and never takes them out. */
  readonly image: Directory;
  /** TLBs that were seen to hold nothing stale, by the version of the tables then. */
  private readonly cleanAt: number[];
  private names = new Map<string, number>();
  private list: Op[] = [];

  constructor(
    readonly config: MachineConfig,
    ops: readonly Op[],
  ) {
    const regions = RegionMap.make(config.regions, 2 ** (config.maxPhyAddr - 12));
    if (!regions.ok) throw new Error(`regions[${regions.error.index}] ${regions.error.message}`);
    this.regions = regions.value;
    this.costs = COST_PROFILES[config.costs];
    this.tlbs = Array.from({ length: config.pcpus }, () => new Tlb(config.tlb));
    this.cleanAt = Array.from({ length: config.pcpus }, () => 0);
    this.ops = ops;
    this.state = firstState(config);
    this.image = config.image ? this.state.directory : emptyDirectory(-1);
    for (const { mpn, words } of config.image?.frames ?? []) this.memory.edit(mpn).set(words);
    this.mapAlias();
  }

  get ops(): readonly Op[] {
    return this.list;
  }

  set ops(ops: readonly Op[]) {
    this.list = [];
    this.names = new Map();
    for (const op of ops) this.append(op);
  }

  /** One more operation, behind the others. */
  append(op: Op): void {
    if (op.op === 'map') this.names.set(op.as, this.list.length);
    this.list.push(op);
  }

  snapshot(): MachineSnapshot {
    return { state: this.state, memory: this.memory.snapshot(), tlbs: this.tlbs.map((tlb) => tlb.snapshot()) };
  }

  restore({ state, memory, tlbs }: MachineSnapshot): void {
    this.state = state;
    this.memory.restore(memory);
    this.tlbs.forEach((tlb, i) => tlb.restore(tlbs[i]));
    this.cleanAt.fill(-1);
  }

  update(change: Partial<MachineState>): void {
    this.state = { ...this.state, ...change };
  }

  updatePcpu(id: number, change: Partial<Pcpu>): void {
    this.update({ pcpus: this.state.pcpus.with(id, { ...this.state.pcpus[id], ...change }) });
  }

  /** A number for a new mapping, shootdown or message. */
  newId(): number {
    const id = this.state.nextId;
    this.update({ nextId: id + 1 });
    return id;
  }

  raise(hazard: Omit<Hazard, 'times' | 'step'>): void {
    this.update({ hazards: addHazard(this.state.hazards, { ...hazard, step: this.state.step }) });
  }

  /** The tables changed so that something cached may be stale now. */
  touchTables(): void {
    this.update({ tablesVersion: this.state.tablesVersion + 1 });
  }

  isClean(pcpu: number): boolean {
    return this.cleanAt[pcpu] === this.state.tablesVersion;
  }

  markClean(pcpu: number): void {
    this.cleanAt[pcpu] = this.state.tablesVersion;
  }

  get paging(): PagingUnit {
    const { control, types, directory, step } = this.state;
    const { structureCaches } = this.config;
    return { memory: this.memory, control, types, root: directory.root, step, structureCaches };
  }

  /** The operation that makes the mapping of a name. */
  definingOp(name: string): number | undefined {
    return this.names.get(name);
  }

  /** The 64-bit VA that a reference means, or undefined when its mapping was not made. */
  resolve(at: AddressRef): bigint | undefined {
    if ('va' in at) return at.va;
    const op = this.definingOp(at.mapping);
    const vpn = op === undefined ? undefined : this.state.records.get(op)?.vpn;
    return vpn === undefined ? undefined : BigInt.asUintN(64, BigInt(vpn) * 4096n + at.offset);
  }

  /** Uses up one injected fault of this kind at a PCPU; returns its cycles, or undefined when none is armed. */
  injected(what: Injection, pcpu: number): number | undefined {
    const at = this.state.armed.findIndex((armed) => armed.what === what && armed.pcpu === pcpu);
    if (at < 0) return undefined;
    const armed = this.state.armed[at];
    const rest = armed.times > 1 ? [{ ...armed, times: armed.times - 1 }] : [];
    this.update({ armed: this.state.armed.toSpliced(at, 1, ...rest) });
    return armed.cycles;
  }

  /** The live mapping whose pages hold a VPN. */
  mappingAt(vpn: number): Mapping | undefined {
    const mapping = this.state.mappings.floor(vpn)?.[1];
    return mapping && vpn < mapping.vpn + mapping.pages ? mapping : undefined;
  }

  /** Takes frames for tables that are missing, clears them and lists them. Undefined when the pool has not enough. */
  takeTables(segments: Iterable<Segment>): readonly TableRun[] | undefined {
    const missing = missingTables(this.state.directory, tablesNeeded(segments));
    const taken = this.state.pool.take(countNeeds(missing));
    if (!taken) return undefined;
    const runs = assignFrames(missing, taken.pieces);
    for (const { mpn, count } of taken.pieces) this.memory.clear(mpn, mpn + count);
    this.update({ pool: taken.pool, directory: runs.reduce(addTables, this.state.directory) });
    return runs;
  }

  /** Writes the entries that point to tables. */
  linkTables({ level, prefix, count, mpn }: TableRun): void {
    writeEntries(this.memory, this.state.directory, (level + 1) as Level, prefix, count, TABLE_FLAGS, mpn, 1);
  }

  writeSegment({ level, vpn, mpn, pages }: Segment, flags: { readonly lo: number; readonly hi: number }): void {
    const span = SPAN[level];
    writeEntries(this.memory, this.state.directory, level, vpn / span, pages / span, flags, mpn, span);
  }

  /** Maps all RAM below the alias's size read-only, in the largest pages that fit. */
  private mapAlias(): void {
    const { alias } = this.config;
    if (!alias) return;
    const { control, types, policies } = this.state;
    const segments = aliasSegments(this.regions.regions, alias);
    const tables = this.takeTables(segments);
    if (!tables) throw new Error('the frame pool is too small for the linear alias');
    for (const segment of segments) {
      this.writeSegment(segment, leafFlags(READONLY, segment.level, control, types.pat, policies));
    }
    for (const run of tables.toReversed()) this.linkTables(run);
  }
}

const idle = (id: number): Pcpu => ({
  id,
  stack: [],
  readyAt: 0,
  wakeAt: 0,
  masked: false,
  held: [],
  pcid: 0,
  call: undefined,
});

type Begun = Pick<MachineState, 'pool' | 'directory' | 'va'>;

function withRoot(free: FramePool): Begun {
  const taken = free.take(1);
  if (!taken) throw new Error('the frame pool has no frame for the PML4');
  return { pool: taken.pool, directory: emptyDirectory(taken.pieces[0].mpn), va: IntervalMap.empty<undefined>() };
}

const withImage = ({ root, frames, tables, taken }: TableImage, free: FramePool): Begun => ({
  pool: free.without(frames.map(({ mpn }) => mpn)),
  directory: tables.reduce(addTables, emptyDirectory(root)),
  va: taken.reduce((va, { start, end }) => va.join(start, end, undefined), IntervalMap.empty<undefined>()),
});

function firstState(config: MachineConfig): MachineState {
  const control: Control = makeControl(config.control, config.maxPhyAddr);
  const { startMPN, pages } = config.tablePool;
  const free = FramePool.make(startMPN, pages);
  const begun = config.image ? withImage(config.image, free) : withRoot(free);
  return {
    step: 0,
    time: 0,
    last: undefined,
    control,
    types: new TypeResolver(config.pat, config.mtrrs, config.maxPhyAddr),
    policies: config.policies,
    pcpus: Array.from({ length: config.pcpus }, (_, id) => idle(id)),
    messages: [],
    shootdowns: [],
    deferred: [],
    armed: [],
    lock: undefined,
    unlockedAt: 0,
    ...begun,
    mappings: OrderedMap.empty(),
    aliases: OrderedMap.empty(),
    modules: ['vmkernel', ...config.modules].map((name, id) => ({ id, name, loaded: true })),
    resources: config.resources.map(({ attrs, ...rest }) => ({
      ...rest,
      attrs: attrs.reduce((sum, name) => sum | IO_ATTRS[name], 0),
    })),
    reservations: config.reservations.map(({ name, module, resource }) => ({
      name,
      module: ['vmkernel', ...config.modules].indexOf(module),
      resource,
    })),
    nextOp: 0,
    issuedAt: 0,
    records: OrderedMap.empty(),
    hazards: [],
    nextId: 1,
    tablesVersion: 0,
  };
}

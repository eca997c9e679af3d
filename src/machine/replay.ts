import { hex } from '../base/number';
import { accessCode, type AccessKind, type Privilege } from './access';
import { isCanonical, lowVa, PAGE_SIZE, SIZE_NAMES, SPAN, type PageLevel } from './address';
import { makeControl, type Control } from './control';
import { Memory } from './memory';
import { faultOf, nonCanonicalFault, Walk, walk } from './walk';

/** Replays recorded accesses of emulators on the machine's own walk. The format is in vectors/README.md. */
export interface VectorCase {
  readonly id: number;
  readonly tag: string;
  readonly controls: Readonly<Record<'wp' | 'smep' | 'smap' | 'pge' | 'nxe' | 'maxphyaddr', number>>;
  readonly cr3: string;
  readonly entries: readonly { readonly pa: string; readonly value: string }[];
  readonly accesses: readonly VectorAccess[];
}

/** One memory for all cases: making one costs more than a case. */
const scratch = new Memory();
const blank = scratch.snapshot();

type Frames = ReadonlyMap<number, Int32Array>;
type Changes = Readonly<Record<string, string>>;
interface VectorAccess {
  readonly la: string;
  readonly kind: AccessKind;
  readonly priv: Privilege;
  readonly ac: number;
  readonly result: 'ok' | 'pf' | 'gp';
  readonly pa?: string;
  readonly size?: string;
  readonly err?: string;
  readonly cr2?: string;
  readonly after?: Changes;
  readonly after_qemu?: Changes;
  readonly after_bochs?: Changes;
}

/** What is wrong, one line a mismatch; nothing when the machine does the same. */
export function replayCase(vector: VectorCase): string[] {
  const { controls: c } = vector;
  const control = makeControl(
    { wp: c.wp === 1, smep: c.smep === 1, smap: c.smap === 1, pge: c.pge === 1, nxe: c.nxe === 1, pcide: false },
    c.maxphyaddr,
  );
  const memory = scratch;
  memory.restore(blank);
  for (const { pa, value } of vector.entries) memory.store(Number(pa), BigInt(value));
  const mpns = new Set(vector.entries.map(({ pa }) => Math.floor(Number(pa) / PAGE_SIZE)));
  const before: Frames = new Map(Array.from(mpns, (mpn) => [mpn, memory.read(mpn).slice()]));
  const start = memory.snapshot();
  const root = Math.floor(Number(vector.cr3) / PAGE_SIZE) % 2 ** (c.maxphyaddr - 12);
  return vector.accesses.flatMap((access, i) => {
    memory.restore(start);
    const wrong = replayAccess(access, memory, control, root).concat(compareEntries(vector, access, memory, before));
    return wrong.length === 0
      ? []
      : [`case ${vector.id} (${vector.tag}) access ${i} ${access.kind} ${access.la}: ${wrong.join('; ')}`];
  });
}

function replayAccess(access: VectorAccess, memory: Memory, control: Control, root: number): string[] {
  const la = BigInt(access.la);
  const code = accessCode(access.kind, access.priv, access.ac === 1);
  const wrong: string[] = [];
  const expect = (what: string, got: string, wanted: string | undefined): void => {
    if (got !== wanted) wrong.push(`${what} is ${got}, recorded ${wanted}`);
  };

  if (!isCanonical(la)) {
    const fault = nonCanonicalFault(la);
    expect('result', 'gp', access.result);
    expect('err', hex(fault.errorCode), access.err);
  } else {
    const low = lowVa(la);
    const out = new Walk().from(root);
    if (walk(memory, control, out, Math.floor(low / 2 ** 32), low | 0, code, true)) {
      expect('result', 'ok', access.result);
      const level = out.level as PageLevel;
      expect('pa', hex(out.mpn * PAGE_SIZE + (low % (SPAN[level] * PAGE_SIZE))), access.pa);
      expect('size', SIZE_NAMES[level], access.size);
    } else {
      const fault = faultOf(out, la, code, control);
      expect('result', 'pf', access.result);
      expect('err', hex(fault.errorCode), access.err);
      expect('cr2', hex(fault.cr2), access.cr2);
    }
  }
  return wrong;
}

/** Every frame that a case names is compared whole, so that a write beside the listed entries is seen too. */
function compareEntries(vector: VectorCase, access: VectorAccess, memory: Memory, before: Frames): string[] {
  const wrong: string[] = [];
  const most = access.after ?? access.after_qemu ?? {};
  const least = access.after ?? access.after_bochs ?? {};
  vector.entries.forEach(({ pa, value }, i) => {
    const high = BigInt(most[i] ?? value);
    const low = BigInt(least[i] ?? value);
    const got = memory.load(Number(pa));
    if ((got & low) !== low || (got | high) !== high)
      wrong.push(`entry at ${pa} is ${hex(got)}, recorded ${hex(low)} to ${hex(high)}`);
  });
  const listed = new Set(vector.entries.map(({ pa }) => Number(pa)));
  for (const [mpn, old] of before) {
    const now = memory.read(mpn);
    for (let i = 0; i < old.length; i++) {
      const pa = mpn * PAGE_SIZE + (i >> 1) * 8;
      if (now[i] !== old[i] && !listed.has(pa)) wrong.push(`the word at ${hex(pa)}, which is not listed, changed`);
    }
  }
  return wrong;
}

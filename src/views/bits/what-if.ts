import { decimalGroups, hexGroups, low32 } from '../../base/number';
import { accessCode, ACCESS_KINDS, PRIVILEGES } from '../../machine/access';
import { ENTRY_NAMES, SIZE_NAMES, SPAN, type Level } from '../../machine/address';
import type { ControlBits } from '../../machine/control-bits';
import { BIT, entryKind, fieldsOf } from '../../machine/entry-format';
import { REASON_TEXT, refusal, rightsText, US, type FaultReason } from '../../machine/rights';
import { ERROR_BITS, errorCode } from '../../machine/walk';
import type { Standing, WalkPicture } from '../../engine/picture';

/** One thing that is otherwise afterwards. */
export interface Difference {
  readonly name: string;
  readonly now: string;
  readonly after: string;
  /** It ends in a fault that was not there. */
  readonly worse?: boolean;
}

/** `PTE 3`: the entry that a walk met at a level. */
const entryName = ({ levels }: WalkPicture, level: Level): string =>
  `${ENTRY_NAMES[level]} ${levels.find((one) => one.level === level)?.index ?? ''}`.trim();

/** Where a walk ends, in a few words. */
function endText(walk: WalkPicture): string {
  const { end } = walk;
  if (end.kind === 'page') return `MPN ${hexGroups(end.mpn)}, ${SIZE_NAMES[end.level]} page`;
  const { vector, level } = end.fault;
  return level === undefined ? `#${vector}` : `page fault at ${entryName(walk, level)}`;
}

const pageOf = ({ end }: WalkPicture) => (end.kind === 'page' ? end : undefined);
const rightsOf = (walk: WalkPicture): string => {
  const page = pageOf(walk);
  return page ? `${rightsText(page.rights)} ${page.rights & US ? 'user' : 'kernel'}` : 'none';
};
const typeOf = (walk: WalkPicture): string => pageOf(walk)?.type.effective ?? 'none';

/** What differs between two states of the same address, in the order in which a reader looks for it. */
export function differences(now: Standing, after: Standing, control: ControlBits): readonly Difference[] {
  const facts: readonly (readonly [name: string, text: (standing: Standing) => string])[] = [
    ['leads to', ({ walk }) => endText(walk)],
    ['rights', ({ walk }) => rightsOf(walk)],
    ['memory type', ({ walk }) => typeOf(walk)],
  ];
  const changed = facts.flatMap(([name, text]) => {
    const [a, b] = [text(now), text(after)];
    return a === b ? [] : [{ name, now: a, after: b }];
  });
  return [...changed, ...accessDifferences(now.walk, after.walk, control)];
}

/** The accesses that were allowed and no longer are, or the other way round, with the error code of the fault. */
function accessDifferences(now: WalkPicture, after: WalkPicture, control: ControlBits): Difference[] {
  return PRIVILEGES.flatMap((privilege) =>
    ACCESS_KINDS.flatMap((kind) => {
      const access = accessCode(kind, privilege, false);
      const [old, next] = [verdict(now, access, control), verdict(after, access, control)];
      if ((old === undefined) === (next === undefined)) return [];
      return [
        {
          name: `${privilege === 'user' ? 'user' : 'kernel'} ${kind === 'execute' ? 'fetch' : kind}`,
          now: old ?? 'allowed',
          after: next ?? 'allowed',
          worse: next !== undefined,
        },
      ];
    }),
  );
}

/** The fault of an access, as its vector and error code; undefined when it is allowed. */
function verdict({ end }: WalkPicture, access: number, control: ControlBits): string | undefined {
  if (end.kind === 'page') {
    return refusal(end.rights, access, control) === 'none'
      ? undefined
      : faultText(errorCode(access, true, false, control));
  }
  if (end.fault.vector === 'GP') return '#GP(0)';
  return faultText(errorCode(access, end.fault.reason !== 'not-present', end.fault.reason.startsWith('rsvd'), control));
}

/** `#PF 0x3 (P W)`. */
function faultText(code: number): string {
  const names = ERROR_BITS.filter(({ bit }) => (code >> bit) & 1).map(({ name }) => name);
  return `#PF 0x${code.toString(16)} (${names.join(' ') || 'no bit'})`;
}

/** An entry as it is and as it would be, on the machine of one step. */
export interface Change {
  readonly level: Level;
  readonly from: bigint;
  readonly to: bigint;
  readonly control: ControlBits;
  readonly maxPhyAddr: number;
}

/** What would happen, in plain sentences; the first is the one that matters. */
export function consequences(now: Standing, after: Standing, change: Change): readonly string[] {
  const { level, control } = change;
  if (differences(now, after, control).length > 0 || !sameEnd(now.walk, after.walk)) {
    return [headline(now.walk, after.walk, control), ...reach(level), staleText(now.stale, after.stale)];
  }
  const ignored = isIgnored(change);
  const others = level === 1 || ignored ? [] : [`The entry serves ${servesText(level)}; others of them may change.`];
  return [unchanged(now.walk, change, ignored), ...others, staleText(now.stale, after.stale)];
}

/** Two walks that end alike, with the same entry and bit at fault if they end in one. */
function sameEnd({ end: a }: WalkPicture, { end: b }: WalkPicture): boolean {
  if (a.kind === 'page' || b.kind === 'page') return a.kind === b.kind;
  return a.fault.reason === b.fault.reason && a.fault.level === b.fault.level && a.fault.bit === b.fault.bit;
}

/** `bit 52`, `bits 0, 63`. */
export function bitsText(bits: bigint): string {
  const changed = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (bits >> BigInt(bit)) & 1n);
  if (changed.length > 8) return `${changed.length} bits`;
  return `${changed.length === 1 ? 'bit' : 'bits'} ${changed.join(', ')}`;
}

/** Whether the processor looks at none of the bits that change: they are ignored ones, or the entry is not present before and after. */
function isIgnored({ level, from, to, control, maxPhyAddr }: Change): boolean {
  if (((low32(from) | low32(to)) & BIT.P) === 0) return true;
  const ignored = fieldsOf(entryKind(level, low32(to)), maxPhyAddr, control.nxe)
    .filter(({ role }) => role === 'ignored')
    .reduce((mask, { high, low }) => mask | (((1n << BigInt(high - low + 1)) - 1n) << BigInt(low)), 0n);
  return ((from ^ to) & ~ignored) === 0n;
}

function unchanged({ end }: WalkPicture, { from, to }: Change, ignored: boolean): string {
  const why = `the processor does not look at ${bitsText(from ^ to)} here`;
  if (ignored) return `Nothing changes: ${end.kind === 'page' ? why : `every access faults as before; ${why}`}.`;
  return end.kind === 'page'
    ? 'Nothing changes: no access to this address would end otherwise.'
    : 'Nothing changes: every access to this address faults as before.';
}

function headline(now: WalkPicture, after: WalkPicture, control: ControlBits): string {
  const { end } = after;
  if (end.kind === 'fault') return faultHeadline(now, after);
  if (now.end.kind === 'fault') return `The walk would reach MPN ${hexGroups(end.mpn)} instead of ending in a fault.`;
  if (end.mpn !== now.end.mpn || end.level !== now.end.level) {
    return `The address would lead to ${endText(after)}, instead of ${endText(now)}.`;
  }
  const accesses = accessDifferences(now, after, control);
  if (accesses.length > 0) return accessHeadline(accesses);
  if (end.type.effective !== now.end.type.effective) {
    return `The memory type would be ${end.type.effective} instead of ${now.end.type.effective}.`;
  }
  return 'No access to this address would end otherwise, as the control bits stand.';
}

function faultHeadline(now: WalkPicture, after: WalkPicture): string {
  if (after.end.kind !== 'fault') return '';
  const { reason, level, bit } = after.end.fault;
  const where = level === undefined ? '' : ` at ${entryName(after, level)}, bit ${bit ?? 0}`;
  const still = now.end.kind === 'fault' ? 'still ' : '';
  return `Every access would ${still}end in a ${faultKind(reason)} fault${where}: ${REASON_TEXT[reason]}.`;
}

const faultKind = (reason: FaultReason): string =>
  reason === 'not-present' ? 'not-present' : reason.startsWith('rsvd') ? 'reserved-bit' : 'protection';

function accessHeadline(accesses: readonly Difference[]): string {
  const [lost, won] = [accesses.filter(({ worse }) => worse), accesses.filter(({ worse }) => !worse)];
  const list = (some: readonly Difference[]): string => some.map(({ name }) => name).join(', ');
  const parts = [lost.length > 0 && `would fault: ${list(lost)}`, won.length > 0 && `would be allowed: ${list(won)}`];
  const text = parts.filter(Boolean).join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** An entry above the leaf serves more than the selected address. */
function reach(level: Level): readonly string[] {
  if (level === 1) return [];
  return [`The entry serves ${servesText(level)}: it changes for all of them.`];
}

/** `512 pages (2 MiB)`. */
const servesText = (level: 2 | 3 | 4): string =>
  `${decimalGroups(SPAN[level])} pages (${{ 2: '2 MiB', 3: '1 GiB', 4: '512 GiB' }[level]})`;

function staleText(now: number, after: number): string {
  const entries = (count: number): string => `${count} TLB ${count === 1 ? 'entry' : 'entries'}`;
  const more = after - now;
  if (more > 0) {
    return `${entries(more)} would become stale: a poke flushes nothing, so PCPUs go on using what they hold.`;
  }
  if (more < 0) return `${entries(-more)} would no longer be stale.`;
  return now === 0
    ? 'No TLB entry would become stale.'
    : `No more TLB entries would become stale; ${entries(now)} already are.`;
}

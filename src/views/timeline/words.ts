import { decimalGroups } from '../../base/number';
import type { OwedSpan, TimelinePicture, WaitSpan } from '../../engine/picture';
import { ACTS } from '../acts';
import type { Hit } from './hit';
import type { Tracks } from './tracks';

export const cyclesText = (cycles: number): string =>
  `${decimalGroups(Math.round(cycles))} ${Math.round(cycles) === 1 ? 'cycle' : 'cycles'}`;

export const waitText = ({ what }: WaitSpan, awaited: number): string =>
  what === 'lock'
    ? 'waits: another mapping call is under way'
    : `waits for ${awaited} ${awaited === 1 ? 'ack' : 'acks'}`;

export const owedText = ({ from, to }: OwedSpan): string =>
  to === Infinity ? 'owes a flush, and never makes it' : `owes a flush · ${cyclesText(to - from)}`;

/** What a step is, for the line below the pointer and for the card. */
export function stepText(timeline: TimelinePicture, step: number): string {
  const { acts, times, ops } = timeline;
  const op = ops[acts.ops[step] ?? -1];
  const { says } = ACTS[acts.names[acts.acts[step] ?? 0] ?? 'begin'];
  const cycles = acts.cycles[step] ?? 0;
  const parts = [
    `PCPU ${acts.pcpus[step]} ${says}`,
    op?.label,
    `step ${decimalGroups(step)}`,
    `at ${decimalGroups(times[step] ?? 0)}${cycles > 0 ? `, ${cyclesText(cycles)}` : ''}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

export function messageText({ messages }: TimelinePicture, i: number): string {
  const name = messages.kinds[i] === 'ipi' ? 'IPI' : 'Acknowledgement';
  const sent = messages.sent[i] ?? 0;
  const way = `from PCPU ${messages.from[i]} to PCPU ${messages.to[i]}, sent at ${decimalGroups(sent)}`;
  if (messages.arrivedAt[i] === 0) return `${name} ${way} and lost: it never arrives`;
  return `${name} ${way}, in flight for ${cyclesText((messages.arrives[i] ?? 0) - sent)}`;
}

/** What is under the pointer. */
export function hitText(timeline: TimelinePicture, tracks: Tracks, hit: Hit): string {
  switch (hit.kind) {
    case 'step':
      return stepText(timeline, hit.step);
    case 'hazard':
      return `A hazard was raised here · ${stepText(timeline, hit.step)}`;
    case 'message':
      return messageText(timeline, hit.index);
    case 'wait': {
      const wait = timeline.waits[hit.index];
      if (!wait) return '';
      return `PCPU ${wait.pcpu} ${waitText(wait, tracks.awaited[hit.index] ?? 0)} · ${cyclesText(wait.to - wait.from)}`;
    }
    default: {
      const owed = timeline.owed[hit.index];
      return owed ? `PCPU ${owed.pcpu} ${owedText(owed)} · until then it may still use the old entries` : '';
    }
  }
}

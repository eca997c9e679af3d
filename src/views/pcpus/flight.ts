import type { TimelinePicture } from '../../engine/picture';
import { timeAt } from '../../draw/time';

/** A message on its way at one moment. */
export interface Flight {
  /** In MessageSpans. */
  readonly index: number;
  readonly kind: 'ipi' | 'ack';
  readonly from: number;
  readonly to: number;
  /** How much of the way lies behind it, 0–1. */
  readonly share: number;
  /** `waits`: its sender has not sent it off yet. `lost`: it never arrives. */
  readonly state: 'waits' | 'flies' | 'lost';
  /** Cycles until it arrives, or would have. */
  readonly left: number;
}

/** The messages between two PCPUs at a position of the playhead. One that gets lost is shown until the operation that sent it ends. */
export function flightsAt({ messages, times, ops }: TimelinePicture, at: number): readonly Flight[] {
  const { kinds, from, to, sentBy, arrivedAt, sent, arrives } = messages;
  const time = timeAt(times, at);
  const flights: Flight[] = [];
  for (let i = 0; i < sentBy.length && sentBy[i] <= at; i++) {
    const lost = arrivedAt[i] === 0;
    const missed = time > arrives[i] && at >= (ops[messages.ops[i]]?.last ?? 0) + 1;
    if (lost ? missed : at >= arrivedAt[i]) continue;
    const share = Math.max(0, Math.min(1, (time - sent[i]) / (arrives[i] - sent[i])));
    const state = lost ? 'lost' : time < sent[i] ? 'waits' : 'flies';
    const left = Math.max(0, Math.round(arrives[i] - time));
    flights.push({ index: i, kind: kinds[i], from: from[i], to: to[i], share, state, left });
  }
  return flights;
}

/** A message in words. `left` changes as it flies. */
export function flightText({ kind, from, to, state, left }: Flight): string {
  const what = `${kind === 'ipi' ? 'IPI' : 'Acknowledgement'} from PCPU ${from} to PCPU ${to}`;
  if (state === 'lost') return left > 0 ? `${what}, gets lost` : `${what}, lost`;
  return `${what}, ${state === 'waits' ? 'about to be sent, ' : ''}arrives in ${left} cycles`;
}

/** From here on a message that gets lost fades, and a cross appears. */
const FADES = 0.6;
export const fading = ({ state, share }: Flight): number =>
  state === 'lost' ? Math.max(0, (share - FADES) / (1 - FADES)) : 0;

/** The marks, around the origin: an envelope and its flap, a check in a circle, a cross. */
export const ENVELOPE = 'M-8-5.5h16v11h-16z';
export const FLAP = 'M-7-4.5 0 1l7-5.5';
export const DISC = 'M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z';
export const CHECK = 'M-3 0-.8 2.4 3.2-2.4';
export const CROSS = 'M-5-5 5 5M5-5-5 5';

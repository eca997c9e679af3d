import { done, type Act, type Site } from '../act';
import type { Machine } from '../machine';
import type { MaskOp } from '../op';
import { deliver } from './flushing';

/** Turns interrupts off or on. What arrived meanwhile is taken at once. */
export function mask(m: Machine, op: MaskOp, { pcpu }: Site): Act {
  const { held } = m.state.pcpus[pcpu];
  m.updatePcpu(pcpu, { masked: op.masked, held: op.masked ? held : [] });
  if (!op.masked) for (const message of held) deliver(m, message);
  const waiting =
    !op.masked && held.length > 0
      ? ` ${held.length} held-back ${held.length === 1 ? 'IPI is' : 'IPIs are'} taken now.`
      : '';
  return done({ says: `Interrupts are ${op.masked ? 'off' : 'on'} at PCPU ${pcpu}.${waiting}` }, 1);
}

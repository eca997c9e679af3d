import { done, type Act, type Site } from '../act';
import type { Machine } from '../machine';
import { INJECTIONS, type FaultOp } from '../op';

/** Arms a fault: it happens the next `times` times that it can. */
export function inject(m: Machine, { what, pcpu, times, cycles }: FaultOp, _site: Site): Act {
  m.update({ armed: [...m.state.armed, { what, pcpu, times, cycles }] });
  return done({ says: `Armed at PCPU ${pcpu}: ${INJECTIONS[what]}${times > 1 ? `, ${times} times` : ''}.` });
}

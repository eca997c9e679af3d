import { vaOfVpn } from '../machine/address';
import type { MachineConfig } from '../machine/config';
import { Machine } from '../machine/machine';
import { step } from '../machine/step';
import type { Answers } from '../scenario/c';
import { MAX_STEPS } from './timeline';

/**
 * A machine that is asked, call by call, how a call ended. It goes on from where it was, so that a whole source costs one play; and
 * it answers as soon as the call has ended, as its caller sees it.
 */
export function follow(config: MachineConfig): Answers {
  const machine = new Machine(config, []);
  return (ops, index) => {
    for (let i = machine.ops.length; i < ops.length; i++) machine.append(ops[i]);
    while (!machine.state.records.has(index)) {
      if (machine.state.step >= MAX_STEPS || !step(machine)) return undefined;
    }
    const { status, vpn, ma } = machine.state.records.get(index) ?? {};
    return {
      status,
      va: vpn === undefined ? undefined : vaOfVpn(vpn),
      ma: ma === undefined ? undefined : BigInt(ma),
    };
  };
}

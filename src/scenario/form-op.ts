import type * as v from 'valibot';
import { byWord } from './form';
import { invalidateOp, machineOps, setOp } from './form-op-machine';
import { vmkapiOps } from './form-op-vmkapi';

export const opForm = byWord('op', [...vmkapiOps, ...machineOps, invalidateOp, setOp]);
export type OpDoc = v.InferOutput<typeof opForm>;

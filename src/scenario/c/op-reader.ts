import * as v from 'valibot';
import { err, ok, type Result } from '../../base/result';
import type { MachineConfig } from '../../machine/config';
import type { Op } from '../../machine/op';
import { opBuilder } from '../build-ops';
import { opForm, type OpDoc } from '../form-op';
import { Report, shortValue } from '../problem';

/** Reads operations of a document one at a time, each against the machine and those before it. */
export class OpReader {
  private readonly report = new Report();
  private readonly build: (doc: OpDoc) => Op;

  constructor(config: MachineConfig) {
    this.build = opBuilder(config, this.report);
  }

  /** The error is a rule: `must be …` */
  read(document: unknown): Result<Op> {
    const read = v.safeParse(opForm, document, { abortEarly: true });
    if (!read.success) {
      const [{ message, path, input }] = read.issues;
      const field = path?.map(({ key }) => String(key)).join('.') ?? '';
      return err(field === '' ? message : `${message}; ${field} is ${shortValue(input)}`);
    }
    const op = this.build(read.output);
    const [problem] = this.report.problems().first;
    if (!problem) return ok(op);
    return err(`${problem.rule}; ${problem.path.replace(/^ops\[\d+\]\.?/, '')} is ${problem.value}`);
  }
}

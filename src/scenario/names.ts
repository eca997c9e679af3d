import type { MachineConfig } from '../machine/config';
import { needsMapping, type Op } from '../machine/op';
import { DOCUMENT_LIMITS } from './limits';
import { suggestion } from './nearest';
import { shortValue, type Report } from './problem';

/** What a map operation without a name of its own is called: the first m1, the second m2. */
export const defaultName = (nth: number): string => `m${nth}`;

/** The names that operations may use: those of the configuration and those that earlier operations gave. */
export class Names {
  private readonly mappings = new Map<string, string>();
  private readonly modules: Set<string>;
  private readonly resources: Set<string>;
  private readonly reservations: Map<string, string>;

  constructor({ modules, resources, reservations }: MachineConfig) {
    this.modules = new Set(['vmkernel', ...modules]);
    this.resources = new Set(resources.map(({ name }) => name));
    this.reservations = new Map(reservations.map(({ name }, i) => [name, `config.reservations[${i}].name`]));
  }

  /** Checks the names that an operation uses, then takes up those that it gives. */
  use(op: Op, path: string, report: Report): void {
    const mapping = needsMapping(op);
    if (mapping !== undefined && !this.mappings.has(mapping)) {
      const rule = () =>
        `must name a mapping that an earlier map operation makes${suggestion(mapping, this.mappings.keys())}`;
      report.add(`${path}.at`, shortValue(mapping), rule);
    }
    if ('module' in op && op.op !== 'load') this.checkModule(op.module, path, report);
    this.checkReservation(op, path, report);
    this.give(op, path, report);
  }

  private checkModule(module: string | number, path: string, report: Report): void {
    if (typeof module === 'number' || this.modules.has(module)) return;
    const rule = () =>
      `must name a module of the configuration, or one that an earlier load operation loads${suggestion(module, this.modules)}`;
    report.add(`${path}.module`, shortValue(module), rule);
  }

  private checkReservation(op: Op, path: string, report: Report): void {
    if (
      (op.op === 'map' || op.op === 'release') &&
      op.reservation !== undefined &&
      !this.reservations.has(op.reservation)
    ) {
      const rule = () =>
        `must name a reservation of the configuration or of an earlier reserve operation${suggestion(op.reservation, this.reservations.keys())}`;
      report.add(`${path}.reservation`, shortValue(op.reservation), rule);
    }
    if (op.op === 'reserve' && !this.resources.has(op.resource)) {
      const rule = () =>
        `must name an IO resource of the configuration or of an earlier register operation${suggestion(op.resource, this.resources)}`;
      report.add(`${path}.resource`, shortValue(op.resource), rule);
    }
  }

  private give(op: Op, path: string, report: Report): void {
    if (op.op === 'map') giveOnce(this.mappings, op.as, path, report);
    else if (op.op === 'reserve') giveOnce(this.reservations, op.as, path, report);
    else if (op.op === 'register') this.resources.add(op.resource);
    else if (op.op === 'load') this.load(op.module, path, report);
  }

  private load(module: string, path: string, report: Report): void {
    const { max } = DOCUMENT_LIMITS.modules;
    this.modules.add(module);
    if (this.modules.size <= max) return;
    report.add(
      `${path}.module`,
      shortValue(module),
      `must not be loaded: with it there are ${this.modules.size} modules; the limit is ${max}`,
    );
  }
}

function giveOnce(given: Map<string, string>, name: string, path: string, report: Report): void {
  const earlier = given.get(name);
  if (earlier === undefined) given.set(name, path);
  else report.add(`${path}.as`, shortValue(name), `must be unique; ${earlier} has this name`);
}

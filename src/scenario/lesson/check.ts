import type { AddressRef } from '../../machine/op';
import { suggestion } from '../nearest';
import { printAddress } from '../address';
import type { Scenario } from '../parse';
import { shortValue, type Report } from '../problem';
import { opOf, type Ask, type At, type Is, type Move, type OpRef } from './lesson';

/** Checks what ties moves to the scenario they are played on, and the choices of a question to each other. */
export function checkMoves(moves: readonly Move[], scenario: Scenario, report: Report): void {
  const checks = new Checks(scenario, report);
  moves.forEach(({ at, select, ask }, i) => {
    const path = `moves[${i}]`;
    checks.at(at, `${path}.at`);
    if (select) checks.fields(select, `${path}.select`);
    if (!ask) return;
    checks.fields(ask.of as Fields, `${path}.ask.of`);
    if (ask.reveal) checks.at(ask.reveal, `${path}.ask.reveal`);
    checkAnswers(ask, `${path}.ask`, report);
  });
}

interface Fields {
  readonly op?: OpRef | undefined;
  readonly than?: OpRef | undefined;
  readonly address?: AddressRef | undefined;
  readonly pcpu?: number | undefined;
}

class Checks {
  private readonly mappings: readonly string[];

  constructor(
    private readonly scenario: Scenario,
    private readonly report: Report,
  ) {
    this.mappings = scenario.ops.flatMap((op) => (op.op === 'map' ? op.as : []));
  }

  at(at: At, path: string): void {
    if (typeof at === 'object' && 'op' in at) this.op(at.op, `${path}.op`);
  }

  fields({ op, than, address, pcpu }: Fields, path: string): void {
    if (op !== undefined) this.op(op, `${path}.op`);
    if (than !== undefined) this.op(than, `${path}.than`);
    if (address && 'mapping' in address) this.mapping(address.mapping, printAddress(address), `${path}.address`);
    const { pcpus } = this.scenario.config;
    if (pcpu !== undefined && pcpu >= pcpus)
      this.report.add(`${path}.pcpu`, String(pcpu), `must be below ${pcpus}, the number of PCPUs`);
  }

  private op(ref: OpRef, path: string): void {
    if (opOf(ref, this.scenario) !== undefined) return;
    const { length } = this.scenario.ops;
    if (typeof ref === 'string') this.mapping(ref, ref, path);
    else this.report.add(path, String(ref), `must be below ${length}, the number of operations`);
  }

  private mapping(name: string, written: string, path: string): void {
    if (this.mappings.includes(name)) return;
    const rule = () =>
      `must name a mapping that a map operation of the scenario makes${suggestion(name, this.mappings)}`;
    this.report.add(path, shortValue(written), rule);
  }
}

function checkAnswers({ choices, number }: Ask, path: string, report: Report): void {
  if (!choices === !number)
    report.add(`${path}.choices`, choices ? 'beside number' : 'missing', 'must be given, or else number, but not both');
  if (!choices) return;
  if (choices.length < 2) report.add(`${path}.choices`, shortValue(choices), 'must have at least 2 entries');
  choices.forEach(({ is }, i) => {
    const where = `${path}.choices[${i}].is`;
    if (typeof is === 'object' && is.from > is.to)
      report.add(`${where}.to`, String(is.to), `must be at least ${is.from}, where it begins`);
    const before = choices.findIndex((other, j) => j < i && meet(other.is, is));
    if (before >= 0) report.add(where, isText(is), `must not be what choices[${before}] is: only one can be right`);
  });
}

const spanOf = (is: Is) => (typeof is === 'number' ? { from: is, to: is } : is);
const isText = (is: Is): string => (typeof is === 'object' ? `${is.from} to ${is.to}` : shortValue(is));

/** Whether one answer of the machine could be both. */
function meet(a: Is, b: Is): boolean {
  const [one, other] = [spanOf(a), spanOf(b)];
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.from <= other.to && other.from <= one.to;
}

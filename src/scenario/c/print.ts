import { needsMapping } from '../../machine/op';
import type { Scenario } from '../parse';
import { printScenario } from '../print';
import { ALWAYS_COMMENT, opComment, scenarioComment } from './comments';
import { planOf, type Plan } from './plan';
import { callLines, requestLines } from './print-call';

type Document = Readonly<Record<string, unknown>>;

const INDENT = '   ';

/**
 * A scenario as vmkapi C that compiles with the kit's headers. What the interface has no call for stands in comments of a fixed form, and
 * reading the text gives the same operations again.
 */
export function printC(scenario: Scenario): string {
  const { ops, ...head } = printScenario(scenario) as Document & { readonly ops: readonly Document[] };
  const plan = planOf(scenario);
  return `${[
    scenarioComment({ title: head['title'], note: head['note'], config: head['config'] }),
    '#include "vmkapi.h"',
    '',
    ...(plan.longest > 0 ? [`static vmk_MpnRange ranges[${plan.longest}];`, ''] : []),
    'void',
    `scenario(${parametersOf(plan)})`,
    '{',
    ...declarations(plan).map(indented),
    ...bodyOf(scenario, ops, plan).map(indented),
    '}',
  ].join('\n')}\n`;
}

const indented = (line: string): string => (line === '' ? '' : INDENT + line);

function parametersOf({ modules, reservations }: Plan): string {
  const all = [
    ...Array.from(modules, (name) => `vmk_ModuleID ${name}`),
    ...Array.from(reservations, (name) => `vmk_IOReservation ${name}`),
  ];
  return all.join(', ') || 'void';
}

function declarations({ variables, longest, loops, asksMa }: Plan): string[] {
  const lines = [
    ...(longest > 0 ? ['vmk_MapRequest request;'] : []),
    ...Array.from(variables.values(), ({ name }) => `vmk_VA ${name};`),
    ...Array.from(variables.values()).flatMap(({ status }) => (status ? [`VMK_ReturnStatus ${status};`] : [])),
    ...(asksMa ? ['vmk_MA ma;'] : []),
    ...(loops ? ['vmk_uint32 i;'] : []),
  ];
  return lines.length > 0 ? [...lines, ''] : [];
}

function bodyOf({ ops }: Scenario, documents: readonly Document[], plan: Plan): string[] {
  const lines: string[] = [];
  /** The mapping whose check is open. */
  let inside: string | undefined;
  const close = (): void => {
    if (inside !== undefined) lines.push('}');
    inside = undefined;
  };
  ops.forEach((op, i) => {
    const mapping = needsMapping(op);
    const call = plan.calls.has(op);
    if (mapping === undefined || mapping !== inside) close();
    if (op.op === 'map' && call) lines.push(...requestLines(op, plan));
    const status = mapping === undefined ? undefined : plan.variables.get(mapping)?.status;
    if (call && mapping !== undefined && inside === undefined && status) {
      lines.push(`if (${status} == VMK_OK) { ${ALWAYS_COMMENT}`);
      inside = mapping;
    }
    const own = call ? callLines(op, documents[i], plan) : [opComment(documents[i])];
    lines.push(...(inside === undefined ? own : own.map(indented)));
  });
  close();
  return lines;
}

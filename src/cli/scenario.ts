import { existsSync } from 'node:fs';
import { hex } from '../base/number';
import { err, ok, type Result } from '../base/result';
import { COST_NAMES, type CostName } from '../machine/cost';
import { COST_TEXT } from '../machine/cost-text';
import { hazardPicture, modulePictures, outcomePicture } from '../engine/outcome-picture';
import { opLabel } from '../engine/labels';
import { exportTables } from '../engine/tables-export';
import type { Machine } from '../machine/machine';
import type { Mapping } from '../machine/mapping';
import { statusNumber } from '../machine/status';
import { attrsText } from '../machine/vmkapi';
import { describeProblems, type Scenario } from '../scenario';
import { isLesson } from '../scenario/lesson/lesson';
import { jsonOf } from '../scenario/parse';
import { RELOAD } from '../scenario/link/fault';
import { readAny } from '../scenario/read-any';
import { readLink } from '../state/link';
import { follow } from '../timeline/follow';
import { Timeline } from '../timeline/timeline';
import { readText, writeText } from './door/files';

const USAGE = 'usage: npm run -s scenario -- FILE|LINK [--tables OUT.json]';

/** Runs a scenario and prints one JSON document. 0 when it ran to its end, 2 for a file, a link or arguments that are wrong. */
export async function main(argv: readonly string[]): Promise<number> {
  const args = readArgs(argv);
  if (!args) return fail(USAGE);
  const opened = isLink(args.file) ? await openLink(args.file) : openFile(args.file);
  if (!opened.ok) return fail(opened.error);
  const scenario = opened.value;
  const timeline = new Timeline(scenario);
  timeline.play();
  const { machine } = timeline;
  console.log(JSON.stringify(report(scenario.title, timeline), undefined, 2));
  if (args.tables !== undefined && !writeTables(machine, args.tables)) return 2;
  if (timeline.stopped === undefined) return 0;
  console.error(`scenario: ${timeline.stopped}`);
  return 1;
}

const fail = (message: string): number => {
  console.error(`scenario: ${message}`);
  return 2;
};

function readArgs(argv: readonly string[]): { readonly file: string; readonly tables: string | undefined } | undefined {
  const at = argv.indexOf('--tables');
  const rest = at < 0 ? argv : argv.filter((_, i) => i !== at && i !== at + 1);
  const tables = at < 0 ? undefined : argv[at + 1];
  if (rest.length !== 1 || rest[0].startsWith('--') || (at >= 0 && tables === undefined)) return undefined;
  return { file: rest[0], tables };
}

/** A link as it is, behind a `#`, or at the end of an address; a file may be called so too. */
const isLink = (text: string): boolean => /^(#|\w+:\/\/|v\d+\.)/.test(text) && !existsSync(text);

async function openLink(text: string): Promise<Result<Scenario>> {
  const read = await readLink(text);
  // There is no page here to reload.
  return read.ok ? ok(read.value.scenario) : err(read.error.says.replace(RELOAD, 'Get the newest one'));
}

function openFile(file: string): Result<Scenario> {
  const read = readText(file);
  if (!read.ok) return read;
  const text = read.value;
  const parsed = readAny(text, file, follow);
  if (!parsed.ok) return err(`${file}: ${isLessonText(text) ? LESSON : describeProblems(parsed.error)}`);
  const { scenario, remarks } = parsed.value;
  for (const { line, column, says } of remarks) console.error(`${file}:${line}:${column}: ${says}`);
  return ok(scenario);
}

const LESSON = 'it is a lesson, and no scenario: npm run -s lesson -- FILE reads it';

function isLessonText(text: string): boolean {
  const value = jsonOf(text);
  return value.ok && isLesson(value.value);
}

function writeTables(machine: Machine, file: string): boolean {
  const tables = exportTables(machine);
  if (!tables.ok) {
    fail(`--tables: ${tables.error}`);
    return false;
  }
  const written = writeText(file, `${JSON.stringify(tables.value)}\n`);
  if (!written.ok) fail(`--tables: ${written.error}`);
  return written.ok;
}

function report(title: string, timeline: Timeline): unknown {
  const { machine: m } = timeline;
  return {
    title,
    steps: timeline.length,
    time: Math.max(0, ...[...m.state.records.values()].map(({ ended }) => ended)),
    stopped: timeline.stopped,
    ops: m.ops.map((_, i) => opReport(m, i)),
    hazards: m.state.hazards.map((hazard) => {
      const { va, mpn, ...rest } = hazardPicture(hazard);
      return { ...rest, va: va === undefined ? undefined : hex(va), mpn: mpn === undefined ? undefined : hex(mpn) };
    }),
    modules: modulePictures(m).map(({ id, name, loaded, pages }) => ({
      id,
      name,
      loaded,
      pages,
      mappings: [...m.state.mappings.values(), ...m.state.aliases.values()]
        .filter(({ module }) => module === id)
        .map(mappingReport),
    })),
    costs: COST_NAMES.map((name) => costReport(m, name)),
    frames: {
      tables: m.state.pool.used,
      pool: m.state.pool.end - m.state.pool.start,
      mapped: [...m.state.mappings.values()].reduce((sum, { pages }) => sum + pages, 0),
    },
  };
}

function costReport(m: Machine, name: CostName): unknown {
  const { says, source } = COST_TEXT[m.config.costs][name];
  return { name, cycles: m.costs[name], says, source };
}

function opReport(m: Machine, index: number): unknown {
  const { state, status, va, says, field, cycles, total } = outcomePicture(m, index);
  const record = m.state.records.get(index);
  return {
    index,
    op: m.ops[index].op,
    label: opLabel(m.ops[index]),
    state,
    status: status ?? null,
    statusValue: status === undefined ? null : hex(statusNumber(status) ?? 0),
    va: va === undefined ? null : hex(va),
    ma: record?.ma === undefined ? undefined : hex(record.ma),
    says,
    field,
    access: record?.access,
    raised: record?.raised,
    fault: record?.fault && { ...record.fault, errorCode: hex(record.fault.errorCode), cr2: hex(record.fault.cr2) },
    value: record?.value === undefined ? undefined : hex(record.value),
    cycles: { ...cycles, total },
    started: record?.started,
    ended: record?.ended,
  };
}

const mappingReport = ({ name, vpn, pages, attrs, kind, op }: Mapping): unknown => ({
  name,
  va: hex(BigInt(vpn) * 4096n),
  pages,
  attrs: attrsText(attrs),
  kind,
  op,
});

import type { MachineConfig } from '../../machine/config';
import type { Op } from '../../machine/op';
import { statusNumber } from '../../machine/status';
import { DOCUMENT_LIMITS } from '../limits';
import type { CallExpr, Declarator } from './ast';
import { converted } from './arithmetic';
import { refuse, type Place, type Remark } from './mistake';
import { NamesGiven } from './names-given';
import { OpReader } from './op-reader';
import { Scopes } from './scopes';
import { ADDRESS, type CType } from './types';
import { intOf, type AnswerValue, type IntValue, type MappingRef, type Value, type Variable } from './value';

/** How an operation ended: the name of its status, where the mapping is, what vmk_VA2MA found. */
export interface Answer {
  readonly status?: string | undefined;
  readonly va?: bigint | undefined;
  readonly ma?: bigint | undefined;
}
/** Plays the operations until that of `index` has ended; undefined when it never does. The list only grows from call to call. */
export type Answers = (ops: readonly Op[], index: number) => Answer | undefined;

/** What a statement's comment says of the call in it; used up by the first one. */
export interface Above {
  readonly note?: string | undefined;
  readonly extra?: { readonly at: Place; readonly fields: Readonly<Record<string, unknown>> } | undefined;
}

/** Statements and values after which a source is taken not to end. */
const MAX_STEPS = 3_000_000;
const MAX_REMARKS = 50;
/** Parts inside one another, all functions under way counted. */
const DEEPEST = 700;

/** A source while it is played: its variables, and the operations so far. */
export class Play {
  readonly ops: Op[] = [];
  readonly remarks: Remark[] = [];
  readonly scopes = new Scopes();
  readonly names = new NamesGiven();
  /** Variables of functions that last from call to call. */
  readonly kept = new Map<Declarator, Variable>();
  above: Above | undefined;
  /** Inside a body that stays in the scenario, whatever the machine answers. */
  always = false;
  /** Values that nothing was stored over, with what counts in their place. */
  private readonly settled = new WeakMap<Value, Value>();
  private steps = 0;
  private depth = 0;
  private readonly reader: OpReader;

  constructor(
    readonly config: MachineConfig,
    private readonly answers: Answers,
    /** Carries out a call; undefined for one that returns nothing. */
    readonly call: (play: Play, call: CallExpr) => Value | undefined,
    /** What the functions of the text return. */
    readonly returns: ReadonlyMap<string, CType>,
  ) {
    this.reader = new OpReader(config);
  }

  tick(at: Place): void {
    if (++this.steps > MAX_STEPS) refuse(at, `must end: after ${MAX_STEPS} steps the text was not played to its end`);
  }

  /** Runs a part of something else; the stack is not endless. */
  inside<T>(at: Place, run: () => T): T {
    if (++this.depth > DEEPEST)
      refuse(at, 'must not lie inside so many others: parts of expressions, blocks and calls');
    const value = run();
    this.depth--;
    return value;
  }

  remark({ line, column }: Place, says: string): void {
    const same = (each: Remark): boolean => each.line === line && each.says === says;
    if (this.remarks.length < MAX_REMARKS && !this.remarks.some(same)) this.remarks.push({ line, column, says });
  }

  /** One more operation, as a document writes it; answers with its number. */
  emit(document: Readonly<Record<string, unknown>>, at: Place): number {
    const { max } = DOCUMENT_LIMITS.ops;
    if (this.ops.length >= max) refuse(at, `must not be one more operation: ${max} is the limit`);
    const { note, extra } = this.above ?? {};
    this.above = undefined;
    const cut = note !== undefined && note.length > DOCUMENT_LIMITS.note.max;
    if (cut) this.remark(at, `The comment is cut to ${DOCUMENT_LIMITS.note.max} characters.`);
    const told = cut ? note.slice(0, DOCUMENT_LIMITS.note.max) : note;
    const op = this.reader.read({ ...document, ...(told !== undefined && { note: told }), ...extra?.fields });
    if (!op.ok) return refuse(at, op.error);
    if (op.value.op === 'map') this.names.take(op.value.as);
    return this.ops.push(op.value) - 1;
  }

  /** The value as a number, for which the machine is asked if need be. */
  number(value: Value, at: Place): IntValue {
    const stored = this.stored(value, at);
    if (stored !== value && value.kind !== 'pointer' && value.type.kind === 'int') {
      return converted(value.type, this.number(stored, at));
    }
    switch (value.kind) {
      case 'int':
        return value;
      case 'va': {
        const { va, status } = this.answer(value.mapping.op, at);
        if (va !== undefined) return intOf(value.type, va + value.offset, value.mapping);
        return refuse(
          at,
          `must have a value: vmk_Map in line ${value.mapping.at.line} gave none (${status ?? 'it never ran'})`,
        );
      }
      case 'answer':
        return this.answered(value, at);
      case 'named':
        return this.numberOf(value.name, value.type.kind === 'handle', at);
      default:
        return refuse(at, 'must be a number, not a pointer');
    }
  }

  /** The value itself, or what a variable held before calls that stored nothing in it; a loop may make thousands of those. */
  stored(value: Value, at: Place): Value {
    const passed: Value[] = [];
    let now = value;
    for (let before = this.beforeIt(now, at); before; before = this.beforeIt(now, at)) {
      passed.push(now);
      now = this.settled.get(now) ?? before;
    }
    for (const each of passed) this.settled.set(each, now);
    return now;
  }

  /** What counts in place of what a call did not store. */
  private beforeIt(value: Value, at: Place): Value | undefined {
    if (value.kind === 'va') return value.before && !this.isMade(value.mapping) ? value.before : undefined;
    const asked = value.kind === 'answer' && value.part === 'ma' && value.before;
    return asked && this.answer(value.op, at).ma === undefined ? asked : undefined;
  }

  answer(op: number, at: Place): Answer {
    return (
      this.answers(this.ops, op) ?? refuse(at, 'must not be asked for: the machine never carries this operation out')
    );
  }

  /** Whether a mapping was made. */
  isMade = ({ op, at }: MappingRef): boolean => this.answer(op, at).va !== undefined;

  private answered({ op, part, type, at: from }: AnswerValue, at: Place): IntValue {
    const { status, ma } = this.answer(op, at);
    if (part === 'status' && status !== undefined) return intOf(type, BigInt(statusNumber(status) ?? 0));
    if (part === 'ma' && ma !== undefined) return intOf(type, ma);
    return refuse(at, `must have a value: the call in line ${from.line} gave none (${status ?? 'it never ran'})`);
  }

  private numberOf(name: string | undefined, handle: boolean, at: Place): IntValue {
    // All that a program can tell of a handle is that it is not NULL.
    if (handle) return intOf(ADDRESS, 1n);
    const id = ['vmkernel', ...this.config.modules].indexOf(name ?? this.config.modules[0]);
    if (id < 0) refuse(at, 'must be the module of a call: as a number it is not known');
    return intOf({ kind: 'int', name: 'vmk_ModuleID', bits: 32, signed: true }, BigInt(id));
  }
}

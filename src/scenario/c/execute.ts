import type { FunctionDef, Stmt } from './ast';
import { opOf } from './comments';
import { carryOut, evaluate, isTrue } from './evaluate';
import { fitted } from './fit';
import { declare } from './initialise';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import type { Value } from './value';
import { pointersTo } from './variable';

/** Where to go on when it is not the next statement. */
type Jump =
  | { readonly kind: 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Value | undefined; readonly at: Place }
  | { readonly kind: 'goto'; readonly label: string; readonly at: Place };

/** Runs the statements of a function, or those outside any; answers with what is returned. */
export function runBody(play: Play, body: readonly Stmt[], of: FunctionDef | undefined): Value | undefined {
  const jump = runAll(play, body);
  if (jump?.kind === 'goto') refuse(jump.at, 'must name a label of this function that is not inside another block');
  if (jump?.kind !== 'return' || !jump.value || !of) return undefined;
  const type = pointersTo(of.returns.base, of.returns.pointers);
  return type.kind === 'void' ? undefined : fitted(play, type, jump.value, jump.at);
}

function runAll(play: Play, body: readonly Stmt[]): Jump | undefined {
  for (let i = 0; i < body.length; i++) {
    const jump = run(play, body[i]);
    if (!jump) continue;
    const to = jump.kind === 'goto' ? labelsOf(body).get(jump.label) : undefined;
    if (to === undefined) return jump;
    i = to;
  }
  return undefined;
}

const LABELS = new WeakMap<readonly Stmt[], ReadonlyMap<string, number>>();

/** Where the labels of a block stand; looked for once, when one is asked for. */
function labelsOf(body: readonly Stmt[]): ReadonlyMap<string, number> {
  const known = LABELS.get(body);
  if (known) return known;
  const labels = new Map(body.flatMap((stmt, i) => (stmt.kind === 'label' ? [[stmt.label, i] as const] : [])));
  LABELS.set(body, labels);
  return labels;
}

function run(play: Play, stmt: Stmt): Jump | undefined {
  const { at, note, extra } = stmt;
  play.tick(at);
  play.above = note !== undefined || extra ? { note, extra } : undefined;
  const jump = play.inside(at, () => runStatement(play, stmt));
  notUsed(play);
  return jump;
}

/** A comment with fields of a call must have a call below it. */
function notUsed(play: Play): void {
  if (play.above?.extra) refuse(play.above.extra.at, 'must stand right above a call of vmkapi');
  play.above = undefined;
}

function runStatement(play: Play, stmt: Stmt): Jump | undefined {
  switch (stmt.kind) {
    case 'declare':
      for (const item of stmt.items) {
        declare(play, item, (variable) => {
          if (!play.scopes.declare(item.name, variable, item)) refuse(item.at, 'must not be declared twice');
        });
      }
      return undefined;
    case 'expression':
      carryOut(play, stmt.value);
      return undefined;
    case 'block':
      notUsed(play);
      return play.scopes.block(() => runAll(play, stmt.body));
    case 'if':
      return runIf(play, stmt);
    case 'loop':
      notUsed(play);
      return play.scopes.block(() => runLoop(play, stmt));
    case 'return':
      return { kind: 'return', value: stmt.value && evaluate(play, stmt.value), at: stmt.at };
    case 'goto':
      return { kind: 'goto', label: stmt.label, at: stmt.at };
    case 'break':
    case 'continue':
      return { kind: stmt.kind };
    case 'directive':
      play.emit(opOf(stmt.at), stmt.at);
      return undefined;
    case 'label':
    case 'empty':
      return undefined;
    default:
      return stmt satisfies never;
  }
}

function runIf(play: Play, { test, yes, no, always }: Extract<Stmt, { kind: 'if' }>): Jump | undefined {
  if (!always) {
    const taken = isTrue(play, test) ? yes : no;
    notUsed(play);
    return taken && run(play, taken);
  }
  notUsed(play);
  const outside = play.always;
  play.always = true;
  const jump = run(play, yes);
  play.always = outside;
  return jump;
}

function runLoop(play: Play, { init, test, step, body, once }: Extract<Stmt, { kind: 'loop' }>): Jump | undefined {
  if (init) run(play, init);
  const goesOn = (): boolean => !test || isTrue(play, test);
  for (let first = once; first || goesOn(); first = false) {
    play.tick(body.at);
    const jump = run(play, body);
    if (jump?.kind === 'break') return undefined;
    if (jump && jump.kind !== 'continue') return jump;
    if (step) carryOut(play, step);
  }
  return undefined;
}

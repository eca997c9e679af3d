import type { Place } from './mistake';
import type { CType } from './types';

/** A type as it is written; how long an array is may have to be computed. */
export interface WrittenType {
  readonly base: CType;
  readonly pointers: number;
}

interface Node {
  readonly at: Place;
}
export type Unary = '-' | '+' | '~' | '!' | '&' | '*';
export interface CallExpr extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expr[];
}
export type Expr =
  | (Node & { readonly kind: 'number'; readonly value: bigint; readonly type: CType })
  | (Node & { readonly kind: 'text' })
  | (Node & { readonly kind: 'name'; readonly name: string })
  /** `<myModuleID>` */
  | (Node & { readonly kind: 'placeholder'; readonly name: string })
  /** The module or reservation that a variable without a value is named after. */
  | (Node & { readonly kind: 'stand-in'; readonly name: string; readonly type: CType })
  | (Node & { readonly kind: 'unary'; readonly sign: Unary; readonly of: Expr })
  | (Node & { readonly kind: 'step'; readonly by: 1 | -1; readonly first: boolean; readonly of: Expr })
  | (Node & { readonly kind: 'binary'; readonly sign: string; readonly left: Expr; readonly right: Expr })
  | (Node & { readonly kind: 'choice'; readonly test: Expr; readonly yes: Expr; readonly no: Expr })
  /** `sign` is that of a compound assignment without its `=`. */
  | (Node & { readonly kind: 'assign'; readonly sign: string; readonly to: Expr; readonly value: Expr })
  | (Node & { readonly kind: 'member'; readonly of: Expr; readonly name: string; readonly arrow: boolean })
  | (Node & { readonly kind: 'index'; readonly of: Expr; readonly index: Expr })
  | (Node & { readonly kind: 'cast'; readonly type: WrittenType; readonly of: Expr })
  | (Node & { readonly kind: 'sizeofType'; readonly type: WrittenType })
  | (Node & { readonly kind: 'sizeof'; readonly of: Expr })
  | CallExpr;

/** An initialiser: a value, or a list whose elements may say where they belong. */
export type Init =
  | { readonly kind: 'value'; readonly value: Expr }
  | (Node & { readonly kind: 'list'; readonly items: readonly InitItem[] });
export interface InitItem {
  readonly at: Place;
  readonly where?: { readonly field: string } | { readonly index: Expr } | undefined;
  readonly init: Init;
}

export interface Declarator extends Node {
  readonly name: string;
  readonly type: WrittenType;
  /** `[n]`, or `[]`, whose length the initialiser gives. */
  readonly array?: { readonly length: Expr | undefined } | undefined;
  readonly init?: Init | undefined;
  /** Lasts beyond the call. */
  readonly kept: boolean;
}

/** What a comment above a statement says of the call in it. */
interface Above extends Node {
  readonly note?: string | undefined;
  /** Fields of the operation that C cannot express. */
  readonly extra?: (Node & { readonly fields: Readonly<Record<string, unknown>> }) | undefined;
}
export type Stmt =
  | (Above & { readonly kind: 'declare'; readonly items: readonly Declarator[] })
  | (Above & { readonly kind: 'expression'; readonly value: Expr })
  | (Above & { readonly kind: 'block'; readonly body: readonly Stmt[] })
  /** `always`: the body stays in the scenario, whatever the condition is. */
  | (Above & {
      readonly kind: 'if';
      readonly test: Expr;
      readonly yes: Stmt;
      readonly no?: Stmt | undefined;
      readonly always: boolean;
    })
  | (Above & {
      readonly kind: 'loop';
      readonly init?: Stmt | undefined;
      readonly test?: Expr | undefined;
      readonly step?: Expr | undefined;
      readonly body: Stmt;
      /** The body runs before the first test. */
      readonly once: boolean;
    })
  | (Above & { readonly kind: 'return'; readonly value?: Expr | undefined })
  | (Above & { readonly kind: 'goto'; readonly label: string })
  | (Above & { readonly kind: 'label'; readonly label: string })
  | (Above & { readonly kind: 'break' | 'continue' | 'empty' })
  /** An operation that vmkapi has no call for. */
  | (Above & { readonly kind: 'directive'; readonly text: string });

export interface FunctionDef extends Node {
  readonly name: string;
  readonly returns: WrittenType;
  readonly parameters: readonly Declarator[];
  readonly body: Stmt;
}

export interface SourceFile {
  readonly functions: readonly FunctionDef[];
  /** Declarations, and statements outside any function. */
  readonly body: readonly Stmt[];
  /** The calls that comments ask for. */
  readonly runs: readonly CallExpr[];
}

import type { Variable } from './value';

type Scope = Map<string, Variable>;

/** Variables by name: those of the text, and those of the function that runs, block by block. */
export class Scopes {
  private readonly outer: Scope = new Map();
  private blocks: Scope[] = [];
  private readonly declared = new WeakMap<Variable, object>();

  /** False when another declaration of the same block has the name; the same one is met again behind a goto. */
  declare(name: string, variable: Variable, by: object): boolean {
    const scope = this.blocks[this.blocks.length - 1] ?? this.outer;
    const before = scope.get(name);
    scope.set(name, variable);
    this.declared.set(variable, by);
    return !before || this.declared.get(before) === by;
  }

  /** For the whole function, as if it stood at its top. */
  declareEarly(name: string, variable: Variable): void {
    (this.blocks[0] ?? this.outer).set(name, variable);
  }

  find(name: string): Variable | undefined {
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      const found = this.blocks[i].get(name);
      if (found) return found;
    }
    return this.outer.get(name);
  }

  names(): string[] {
    return [this.outer, ...this.blocks].flatMap((scope) => Array.from(scope.keys()));
  }

  /** Runs something with a block of its own. */
  block<T>(run: () => T): T {
    this.blocks.push(new Map());
    const result = run();
    this.blocks.pop();
    return result;
  }

  /** Runs something that sees nothing of the function that calls it. */
  call<T>(run: () => T): T {
    const { blocks } = this;
    this.blocks = [];
    const result = this.block(run);
    this.blocks = blocks;
    return result;
  }
}

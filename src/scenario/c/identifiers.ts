/** Words that C, vmkapi or the printed function has taken. */
const TAKEN = [
  ...[
    'auto',
    'break',
    'case',
    'char',
    'const',
    'continue',
    'default',
    'do',
    'double',
    'else',
    'enum',
    'extern',
    'float',
  ],
  ...[
    'for',
    'goto',
    'if',
    'inline',
    'int',
    'long',
    'register',
    'restrict',
    'return',
    'short',
    'signed',
    'sizeof',
    'static',
  ],
  ...['struct', 'switch', 'typedef', 'union', 'unsigned', 'void', 'volatile', 'while', 'asm', 'bool', 'true', 'false'],
  ...['size_t', 'ssize_t', 'memset', 'scenario', 'request', 'ranges', 'status', 'ma', 'i'],
];
/** Names of vmkapi, of types of the C library, and those that C keeps for itself. */
const KEPT = /^(?:vmk_|VMK_|NULL$|u?int(?:ptr|\d+)_t$|_)/;

/** Names of C variables, each given once. */
export class Identifiers {
  private readonly taken = new Set(TAKEN);
  /** How often names that come to the same were asked for. */
  private readonly times = new Map<string, number>();

  /** Takes a name as it is, or answers false when C or another variable has it. */
  takes(name: string): boolean {
    if (!/^\w+$/.test(name) || KEPT.test(name) || this.taken.has(name)) return false;
    this.taken.add(name);
    return true;
  }

  /** A name as close to this one as C allows. */
  near(name: string): string {
    const plain = name.replace(/\W/g, '_');
    const base = KEPT.test(plain) ? `m${plain}` : plain;
    for (let n = (this.times.get(base) ?? 0) + 1; ; n++) {
      const free = n === 1 ? base : `${base}_${n}`;
      if (!this.takes(free)) continue;
      this.times.set(base, n);
      return free;
    }
  }
}

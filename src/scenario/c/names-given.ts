/** Gives names, each once. */
export class NamesGiven {
  private readonly taken = new Set<string>();
  private readonly last = new Map<string, number>();

  take(name: string): void {
    this.taken.add(name);
  }

  /** The name, or the first of `name_2`, `name_3` … that is free. */
  free(name: string): string {
    let free = name;
    for (let n = this.last.get(name) ?? 1; this.taken.has(free); this.last.set(name, n)) free = `${name}_${++n}`;
    return free;
  }
}

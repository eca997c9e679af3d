import type { Figure } from './measure';

/** One figure, for a reader or as an object a line. */
export function print(figure: Figure, json: boolean): void {
  console.log(json ? JSON.stringify(figure) : line(figure));
}

function line({ name, value, unit, limit, ratio, bar, met, says }: Figure): string {
  const number = (x: number): string => x.toPrecision(3);
  return `${met ? 'ok  ' : 'MISS'} ${name.padEnd(28)} ${number(value).padStart(9)} ${unit.padEnd(9)} limit ${number(limit).padStart(9)}  ratio ${number(ratio)} (bar ${bar})  ${says}`;
}

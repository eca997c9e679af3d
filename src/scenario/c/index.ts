/** vmkapi C: reading a source as a scenario, and writing any scenario as a source. */
export { readC, type CReading } from './read';
export { describeMistake, type Mistake, type Remark } from './mistake';
export type { Answer, Answers } from './play';
export { printC } from './print';
export { cColours, type CToken } from './colours';

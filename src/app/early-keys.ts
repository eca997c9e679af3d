/** Keys pressed before the commands are there. */
const early: KeyboardEvent[] = [];
const note = (event: KeyboardEvent): void => void early.push(event);
document.addEventListener('keydown', note);

/** Hands them over, and lets the commands have those that come. */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  document.removeEventListener('keydown', note);
  return early.splice(0);
}

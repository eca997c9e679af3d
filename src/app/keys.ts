/** Apple keyboards have ⌘ where others have Ctrl. */
const APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);

const NAMES: Readonly<Record<string, string>> = {
  Mod: APPLE ? '⌘' : 'Ctrl',
  Shift: APPLE ? '⇧' : 'Shift',
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** What is written on the keys of a chord: `Mod+Shift+z` is Ctrl, Shift and Z. */
export const keysOf = (chord: string): readonly string[] =>
  chord.split('+').map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** Letters, digits and signs: keys that a reader who dictates, or types by mistake, may want to be without. */
export const isSingle = (chord: string): boolean => chord.length === 1 && chord !== ' ';

/** What was pressed, as the commands name it. AltGr is how some keyboards type a bracket. */
export function chordOf(event: KeyboardEvent): string | undefined {
  const typed = event.getModifierState('AltGraph');
  if (event.altKey && !typed) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((event.ctrlKey || event.metaKey) && !typed) return `Mod+${event.shiftKey ? 'Shift+' : ''}${key}`;
  return event.shiftKey && key.length > 1 ? undefined : key;
}

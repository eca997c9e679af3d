import { useEffect } from 'react';
import type { Explorer } from '../state/explorer';
import { BY_KEY, type Command } from './commands';
import { takeEarlyKeys } from './early-keys';
import { chordOf, isSingle } from './keys';
import { useExplorer } from './use-explorer';

/** What text is typed into, or letters choose from: all keys but those of the palette are its own. */
const TYPES =
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"]), select, textarea, [contenteditable]';
/** What lies over the page, and has all keys. */
const OVER = CSS.supports('selector(:popover-open)') ? 'dialog[open], :popover-open' : 'dialog[open]';
/** What the space bar presses. */
const PRESSES = 'input, button, a, summary, [role="button"], [role="option"], [role="treeitem"], [role="tab"]';
/** What arrows, Home and End move in. */
const MOVES =
  'input, [role="slider"], [role="separator"], [role="grid"], [role="listbox"], [role="tree"], [role="tablist"], [role="menu"], [role="radiogroup"]';

/** Whether an element has its own use for a key. */
function isItsOwn(target: Element, chord: string): boolean {
  if (chord === 'Mod+k') return false;
  if (target.closest(TYPES)) return chord !== 'Escape';
  if (chord === ' ') return target.closest(PRESSES) !== null;
  return /^(Arrow|Home|End)/.test(chord) && target.closest(MOVES) !== null;
}

function commandOf(event: KeyboardEvent, explorer: Explorer, only?: Command['group']): Command | undefined {
  const { dialog, singleKeys } = explorer.view.getState();
  const chord = event.defaultPrevented ? undefined : chordOf(event);
  if (chord === undefined || dialog || document.querySelector(OVER)) return undefined;
  if (!singleKeys && isSingle(chord)) return undefined;
  if (event.target instanceof Element && isItsOwn(event.target, chord)) return undefined;
  const command = BY_KEY.get(chord);
  return only === undefined || command?.group === only ? command : undefined;
}

/** Makes the keys of the commands work, or only of one group, also those that were pressed before it was there. */
export function Shortcuts({ only }: { readonly only?: Command['group'] }): undefined {
  const explorer = useExplorer();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const command = commandOf(event, explorer, only);
      if (!command) return;
      event.preventDefault();
      if (!event.repeat || command.repeats) command.run(explorer);
    };
    for (const event of takeEarlyKeys()) press(event);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [explorer, only]);
}

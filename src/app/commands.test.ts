import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Command } from './commands';
import type { chordOf, isSingle, keysOf } from './keys';

// These modules ask the browser for its platform and its theme.
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
vi.stubGlobal('navigator', { platform: 'Linux x86_64' });

let commands: readonly Command[];
let keys: { chordOf: typeof chordOf; isSingle: typeof isSingle; keysOf: typeof keysOf };
beforeAll(async () => {
  commands = (await import('./commands')).COMMANDS;
  keys = await import('./keys');
});

const pressed = (key: string, held: Partial<KeyboardEvent> = {}, graph = false) =>
  keys.chordOf({
    key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...held,
    getModifierState: (name: string) => graph && name === 'AltGraph',
  } as KeyboardEvent);

describe('the table of commands', () => {
  test('no two share a key, a name or a title', () => {
    const once = (all: readonly string[]) => expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
    once(commands.flatMap((command) => command.keys));
    once(commands.map(({ id }) => id));
    once(commands.map(({ title }) => title));
  });

  test('every key that is promised is there', () => {
    const all = commands.flatMap((command) => command.keys);
    const promised = [
      ' ',
      'ArrowLeft',
      'ArrowRight',
      '[',
      ']',
      'Home',
      'End',
      'Mod+z',
      'Mod+Shift+z',
      'Mod+y',
      'Mod+k',
    ];
    expect(all).toEqual(
      expect.arrayContaining([...promised, '/', '?', 'b', 't', 'm', 'Escape', ...Array.from('123456789')]),
    );
  });

  test('every chord is one that a press can give', () => {
    for (const chord of commands.flatMap((command) => command.keys)) {
      const key = chord.split('+').at(-1)!;
      const held = { ctrlKey: chord.includes('Mod+'), shiftKey: chord.includes('Shift+') };
      expect(pressed(key, held)).toBe(chord);
    }
  });
});

describe('a press', () => {
  test('is named by its key, with Ctrl and ⌘ alike', () => {
    expect(pressed('T', { shiftKey: true })).toBe('t');
    expect(pressed('Z', { metaKey: true, shiftKey: true })).toBe('Mod+Shift+z');
    expect(pressed('x', { altKey: true })).toBeUndefined();
    expect(pressed('ArrowLeft', { shiftKey: true })).toBeUndefined();
  });

  test('with AltGr is the sign that it types', () => {
    expect(pressed('[', { altKey: true, ctrlKey: true }, true)).toBe('[');
  });

  test('of a sign, a digit or a letter is single; of Space and arrows not', () => {
    expect(['b', '?', '1', '['].every((chord) => keys.isSingle(chord))).toBe(true);
    expect([' ', 'ArrowLeft', 'Mod+k'].some((chord) => keys.isSingle(chord))).toBe(false);
  });

  test('is written as on the keys', () => {
    expect(keys.keysOf('Mod+Shift+z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keys.keysOf(' ')).toEqual(['Space']);
  });
});

import type { Explorer } from '../state/explorer';
import { PANEL_IDS, PANELS } from '../state/layout';
import { lastStep } from '../state/playback';
import { goToPanel, maximise, panelInUse } from './layout/go-to';
import { shownTheme } from './theme';

/** Something a reader can do from anywhere by a key, the palette, or both. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Time' | 'Scenario' | 'Lesson' | 'Page' | 'Panels';
  /** Chords: `Mod+Shift+z`; Mod is Ctrl, or ⌘ on an Apple keyboard. */
  readonly keys: readonly string[];
  /** Again and again while the key is held. */
  readonly repeats?: true;
  readonly run: (explorer: Explorer) => void;
}

const TIME: readonly Command[] = [
  {
    id: 'play',
    title: 'Play or pause',
    group: 'Time',
    keys: [' '],
    run: ({ view, playhead }) => (view.getState().playing ? playhead.pause() : playhead.play()),
  },
  {
    id: 'back',
    title: 'Step back',
    group: 'Time',
    keys: ['ArrowLeft'],
    repeats: true,
    run: ({ playhead }) => playhead.stepBy(-1),
  },
  {
    id: 'forward',
    title: 'Step forward',
    group: 'Time',
    keys: ['ArrowRight'],
    repeats: true,
    run: ({ playhead }) => playhead.stepBy(1),
  },
  {
    id: 'previous',
    title: 'Previous operation',
    group: 'Time',
    keys: ['['],
    repeats: true,
    run: ({ playhead }) => playhead.previousOperation(),
  },
  {
    id: 'next',
    title: 'Next operation',
    group: 'Time',
    keys: [']'],
    repeats: true,
    run: ({ playhead }) => playhead.nextOperation(),
  },
  { id: 'start', title: 'Go to the start', group: 'Time', keys: ['Home'], run: ({ playhead }) => playhead.seek(0) },
  {
    id: 'end',
    title: 'Go to the end',
    group: 'Time',
    keys: ['End'],
    run({ playhead, session }) {
      const { timeline } = session.getState();
      if (timeline) playhead.seek(lastStep(timeline));
    },
  },
  {
    id: 'bookmark',
    title: 'Bookmark this step, or take the mark away',
    group: 'Time',
    keys: ['b'],
    run: (explorer) => explorer.toggleBookmark(explorer.view.getState().step),
  },
];

const SCENARIO: readonly Command[] = [
  {
    id: 'gallery',
    title: 'Gallery',
    group: 'Scenario',
    keys: ['g'],
    run: (explorer) => explorer.showDialog('gallery'),
  },
  {
    id: 'undo',
    title: 'Undo the last change of the scenario',
    group: 'Scenario',
    keys: ['Mod+z'],
    repeats: true,
    run: (explorer) => explorer.undo(),
  },
  {
    id: 'redo',
    title: 'Redo what was undone',
    group: 'Scenario',
    keys: ['Mod+Shift+z', 'Mod+y'],
    repeats: true,
    run: (explorer) => explorer.redo(),
  },
];

const PAGE: readonly Command[] = [
  {
    id: 'palette',
    title: 'Find a command, scenario, mapping or address',
    group: 'Page',
    keys: ['Mod+k', '/'],
    run: (explorer) => explorer.showDialog('palette'),
  },
  {
    id: 'keys',
    title: 'Show all keys',
    group: 'Page',
    keys: ['?'],
    run: (explorer) => explorer.showDialog('keys'),
  },
  {
    id: 'settings',
    title: 'Settings of the machine',
    group: 'Page',
    keys: [],
    run: (explorer) => explorer.showDialog('settings'),
  },
  {
    id: 'share',
    title: 'Share a link, embed code or the scenario as a file',
    group: 'Scenario',
    keys: [],
    run: (explorer) => explorer.showDialog('share'),
  },
  {
    id: 'export',
    title: 'Export: pictures, tables and lists as files',
    group: 'Scenario',
    keys: [],
    run: (explorer) => explorer.showDialog('export'),
  },
  {
    id: 'open',
    title: 'Open a file: a scenario, page tables or a memory image',
    group: 'Scenario',
    keys: [],
    run: (explorer) => explorer.showDialog('open'),
  },
  {
    id: 'compare',
    title: 'Compare two policies on this scenario',
    group: 'Scenario',
    keys: [],
    run: (explorer) => explorer.showDialog('compare'),
  },
  {
    id: 'theme',
    title: 'Change between light and dark',
    group: 'Page',
    keys: ['t'],
    run: (explorer) => explorer.setTheme(shownTheme(explorer.view.getState().theme) === 'light' ? 'dark' : 'light'),
  },
  {
    id: 'maximise',
    title: 'Maximise the panel in use, or restore it',
    group: 'Panels',
    keys: ['m'],
    run(explorer) {
      const { maximised } = explorer.view.getState().layout;
      const panel = panelInUse();
      if (maximised ?? panel) maximise(explorer, maximised ? undefined : panel);
    },
  },
  {
    id: 'restore',
    title: 'Restore all panels',
    group: 'Panels',
    keys: ['Escape'],
    run: (explorer) => explorer.view.getState().layout.maximised && maximise(explorer, undefined),
  },
  {
    id: 'fold',
    title: 'Fold the timeline, or unfold it',
    group: 'Panels',
    keys: [],
    run: (explorer) => explorer.arrange({ folded: !explorer.view.getState().layout.folded }),
  },
  {
    id: 'reset-layout',
    title: 'Reset the layout',
    group: 'Panels',
    keys: [],
    run: (explorer) => explorer.resetLayout(),
  },
];

const LESSON: readonly Command[] = [
  {
    id: 'learn',
    title: 'Learn: ten short lessons',
    group: 'Lesson',
    keys: [],
    run: (explorer) => explorer.showDialog('learn'),
  },
  {
    id: 'lesson-next',
    title: 'Next move, or the answer',
    group: 'Lesson',
    keys: ['n'],
    run: ({ lessons }) => lessons?.forward(),
  },
  {
    id: 'lesson-previous',
    title: 'Previous move',
    group: 'Lesson',
    keys: ['p'],
    run: ({ lessons }) => lessons?.previous(),
  },
  { id: 'lesson-back', title: 'Back to the lesson', group: 'Lesson', keys: [], run: ({ lessons }) => lessons?.back() },
];

const GO: readonly Command[] = PANEL_IDS.map((id, i) => ({
  id: `go-${id}`,
  title: `Go to ${PANELS[id]}`,
  group: 'Panels',
  keys: [String(i + 1)],
  run: (explorer) => goToPanel(explorer, id),
}));

/** All of them: the keys, the map of the keys and the palette are made from this table. */
export const COMMANDS: readonly Command[] = [...TIME, ...SCENARIO, ...LESSON, ...PAGE, ...GO];

/** By chord. */
export const BY_KEY: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => command.keys.map((chord) => [chord, command] as const)),
);

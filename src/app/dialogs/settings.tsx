import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Explorer } from '../../state/explorer';
import {
  checkSettings,
  DEFAULTS,
  inForceOf,
  isShort,
  NOTHING_NOW,
  sameSettings,
  settingsOf,
  type NowDraft,
  type SettingsDraft,
} from '../../state/settings';
import type { WholeConfig } from '../../scenario';
import { focusSoon } from '../../views/field';
import { withAt, type Path } from '../../views/settings/paths';
import { Settings, SettingsModal } from '../../views/settings/settings';
import { SECTION_PARTS, sectionOf, type SectionId, type When } from '../../views/settings/types';
import { useExplorer, useSession, useView } from '../use-explorer';

/** Where the reader is in the dialog; kept from one opening to the next, over a reload too. */
interface Place {
  readonly draft: SettingsDraft;
  readonly section: SectionId;
  readonly when: When;
}
/** With the machine that the draft started from: for another one it is of no use. */
interface Kept extends Place {
  readonly start: WholeConfig;
}
const FIELD = 'settings';

function keptIn(explorer: Explorer): Kept | undefined {
  try {
    return JSON.parse(explorer.view.getState().typed[FIELD] ?? '') as Kept;
  } catch {
    return undefined; // Nothing, or cut off.
  }
}

interface Props {
  readonly onClose: () => void;
}

/** The settings of the machine, from the start or from the playhead on. */
export function SettingsDialog({ onClose }: Props) {
  const explorer = useExplorer();
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const step = useView((view) => view.step);
  const start = useMemo(() => settingsOf(document).config, [document]);
  const [kept] = useState(() => {
    explorer.playhead.pause();
    const before = keptIn(explorer);
    return before && sameSettings(before.start, start) ? before : undefined;
  });
  const [state, setState] = useState<Place>(
    () => kept ?? { draft: settingsOf(document), section: 'processors', when: 'start' },
  );
  const { draft, section, when } = state;
  const force = useMemo(
    () => (picture ? inForceOf(picture, document.config.maxPhyAddr) : start),
    [picture, document, start],
  );
  const typed = useDeferredValue(draft);
  const checked = useMemo(() => checkSettings(document, typed, force, isShort(document)), [document, typed, force]);
  const [late, setLate] = useState<readonly string[]>([]);
  const dirty = !sameSettings(draft.config, start) || !sameSettings(draft.now, NOTHING_NOW);

  useEffect(() => {
    if (state !== kept) explorer.keepTyped(FIELD, JSON.stringify({ ...state, start } satisfies Kept));
  }, [explorer, state, start, kept]);
  const change = (part: Partial<Place>): void => {
    setState({ ...state, ...part });
    setLate([]);
  };
  const onChange = useCallback((path: Path, value: unknown) => {
    setLate([]);
    setState((before) => ({ ...before, draft: withAt(before.draft, path, value) }));
  }, []);
  const onWhen = useCallback((to: When) => setState((before) => ({ ...before, when: to })), []);
  const leave = (): void => {
    explorer.keepTyped(FIELD, undefined);
    onClose();
  };
  const apply = (): void => {
    const { revision, problems, others } = checkSettings(document, draft, force, true);
    if (revision) explorer.revise(revision.document, revision.ops);
    if (Object.keys(problems).length + others.length === 0) {
      leave();
      return;
    }
    setLate(others);
    const [wrong] = Object.keys(problems);
    if (wrong !== undefined) change({ section: sectionOf(wrong) ?? section });
    focusSoon(globalThis.document, '.settings-body [aria-invalid]');
  };
  return (
    <SettingsModal onClose={onClose}>
      <Settings
        draft={draft}
        problems={checked.problems}
        others={checked.others.length > 0 ? checked.others : late}
        moved={checked.moved}
        dirty={dirty}
        resumed={kept !== undefined && draft === kept.draft}
        section={section}
        when={when}
        step={step}
        start={start}
        force={force}
        onChange={onChange}
        onSection={(to) => change({ section: to })}
        onWhen={onWhen}
        onReset={(id) => change({ draft: reset(draft, id, when) })}
        onApply={apply}
        onCancel={leave}
        onClose={onClose}
      />
    </SettingsModal>
  );
}

/** The defaults in the parts of a section: from the start, or from the playhead on. */
function reset({ config, now }: SettingsDraft, section: SectionId, when: When): SettingsDraft {
  const parts = SECTION_PARTS[section];
  const pick = (from: object): object =>
    Object.fromEntries(Object.entries(from).filter(([name]) => parts.includes(name)));
  const usual: NowDraft = { ...DEFAULTS, pat: Object.fromEntries(DEFAULTS.pat.entries()) };
  const later = when === 'now' && parts.some((part) => part in NOTHING_NOW);
  return later ? { config, now: { ...now, ...pick(usual) } } : { config: { ...config, ...pick(DEFAULTS) }, now };
}

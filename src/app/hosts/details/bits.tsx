import { lazy, useCallback } from 'react';
import type { Op } from '../../../machine/op';
import { mappingAt } from '../../../state/selection';
import { Bits, entryAt } from '../../../views/bits/bits';
import { useLit } from '../../use-lit';
import { useExplorer, useSession, useView } from '../../use-explorer';
import { usePointing } from '../../use-pointing';
import { useWhatIf } from './use-what-if';

const WhatIf = lazy(() => import('../../../views/bits/what-if-card').then((module) => ({ default: module.WhatIf })));

/** Entry bits. Drafts are kept by the machine address of their entry, so that they are there again when it is. */
export function BitsDetail() {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture)!;
  const { maxPhyAddr, pcpus } = useSession(({ document }) => document.config);
  const level = useView((view) => view.level);
  const pokes = useView((view) => view.pokes);
  const playing = useView((view) => view.playing);
  const pcpu = Math.min(
    useView((view) => view.draft.pcpu),
    pcpus - 1,
  );
  const timeline = useSession((session) => session.timeline);
  const { walk, control, pat, outcomes, op } = picture;
  const mapping = mappingAt(picture, walk.va);
  const busy = outcomes.some(({ state }) => state === 'running');
  const entry = entryAt(walk, level);
  const draft = entry && pokes[entry.ma];
  const forecast = useWhatIf(entry, draft?.value);
  const onDraft = useCallback<Parameters<typeof Bits>[0]['onDraft']>(
    (ma, next) => explorer.draftPoke(ma, next),
    [explorer],
  );
  const onPoke = useCallback(
    (ma: number, value: bigint) => explorer.add({ op: 'poke', pcpu, ma: BigInt(ma), value } satisfies Op),
    [explorer, pcpu],
  );
  return (
    <Bits
      walk={walk}
      level={level}
      control={control}
      maxPhyAddr={maxPhyAddr}
      pat={pat}
      attrs={mapping?.attrs}
      becoming={mapping?.becoming}
      lit={useLit()}
      draft={draft}
      forecast={forecast}
      noForecast={playing ? 'Pause to see what it would do here.' : undefined}
      pcpu={pcpu}
      behind={busy ? timeline?.ops[op ?? -1]?.label : undefined}
      {...usePointing()}
      onDraft={onDraft}
      onPoke={onPoke}
      WhatIf={WhatIf}
    />
  );
}

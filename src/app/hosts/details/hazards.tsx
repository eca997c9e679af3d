import { useCallback } from 'react';
import { Hazards } from '../../../views/hazards/hazards';
import { useExplorer, useSession } from '../../use-explorer';
import { useLit } from '../../use-lit';
import { usePointing } from '../../use-pointing';

export function HazardsDetail() {
  const explorer = useExplorer();
  const { hazards } = useSession(({ picture }) => picture)!;
  const ops = useSession(({ timeline }) => timeline?.ops);
  const onSeek = useCallback((step: number) => explorer.playhead.seek(step), [explorer]);
  return <Hazards hazards={hazards} ops={ops ?? NO_OPS} lit={useLit()} {...usePointing()} onSeek={onSeek} />;
}

const NO_OPS: readonly never[] = [];

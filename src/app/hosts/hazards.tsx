import { Hazards } from '../../views/hazards/hazards';
import { useExplorer, useSession } from '../use-explorer';
import { Empty } from './empty';

export function HazardsHost() {
  const explorer = useExplorer();
  const hazards = useSession(({ picture }) => picture?.hazards);
  if (!hazards) return <Empty name="Hazards" id="hazards" />;
  return (
    <Hazards
      hazards={hazards}
      onSelect={(va) => explorer.select({ kind: 'va', va })}
      onSeek={(step) => explorer.playhead.seek(step)}
    />
  );
}

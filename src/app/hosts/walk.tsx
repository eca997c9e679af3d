import { Walk } from '../../views/walk/walk';
import { useExplorer, useSession, useView } from '../use-explorer';
import { AccessHost } from './access';
import { Empty } from './empty';

export function WalkHost() {
  const explorer = useExplorer();
  const walk = useSession(({ picture }) => picture?.walk);
  const level = useView((view) => view.level);
  if (!walk) return <Empty name="Page walk" id="walk" />;
  return (
    <Walk
      walk={walk}
      level={level}
      onSelect={(va, at) => {
        explorer.select({ kind: 'va', va });
        if (at) explorer.selectLevel(at);
      }}
    >
      <AccessHost />
    </Walk>
  );
}

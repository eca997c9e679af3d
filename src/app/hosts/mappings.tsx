import { mappingAt } from '../../state/selection';
import { Mappings } from '../../views/mappings/mappings';
import { useExplorer, useSession, useView } from '../use-explorer';
import { Empty } from './empty';

export function MappingsHost() {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const va = useView((view) => view.va);
  if (!picture) return <Empty name="Mappings" id="mappings" />;
  return (
    <Mappings
      modules={picture.modules}
      selected={mappingAt(picture, va)?.id}
      tables={picture.tables}
      onSelect={(to) => explorer.select({ kind: 'va', va: to })}
    />
  );
}

import { mappingAt } from '../../../state/selection';
import { Mappings } from '../../../views/mappings/mappings';
import { useSession, useView } from '../../use-explorer';
import { useLit } from '../../use-lit';
import { usePointing } from '../../use-pointing';

export function MappingsDetail() {
  const picture = useSession((session) => session.picture)!;
  const ops = useSession(({ timeline }) => timeline?.ops);
  const va = useView((view) => view.va);
  const lit = useLit();
  return (
    <Mappings
      modules={picture.modules}
      selected={mappingAt(picture, va)?.id}
      tables={picture.tables}
      ops={ops ?? NO_OPS}
      lit={lit.mappings}
      {...usePointing()}
    />
  );
}

const NO_OPS: readonly never[] = [];

import { Access } from '../../views/access/access';
import { ACCESSES, lastOutcome } from '../outcomes';
import { useExplorer, useSession, useView } from '../use-explorer';

export function AccessHost() {
  const explorer = useExplorer();
  const access = useView(({ draft }) => draft.access);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  return (
    <Access
      access={access}
      pcpus={document.config.pcpus}
      // Not those of the forecast, which may be that of another button.
      problems={explorer.read('access').problems}
      last={lastOutcome(document, picture, ACCESSES)}
      onChange={(next) => {
        explorer.consider('access');
        explorer.setDraft({ access: next });
      }}
      onAct={() => explorer.act('access')}
      onConsider={(here) => explorer.consider(here ? 'access' : 'map')}
    />
  );
}

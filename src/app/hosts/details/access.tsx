import { lazy, Suspense } from 'react';
import { TABS, type Tab } from '../../../state/draft';
import { Access } from '../../../views/access/access';
import { TabList } from '../../../views/tab-list';
import { ACCESSES, lastOutcome } from '../../outcomes';
import { useExplorer, useSession, useView } from '../../use-explorer';

const ActsHost = lazy(() => import('./acts').then(({ ActsHost: host }) => ({ default: host })));

const LABELS: Readonly<Record<Tab, string>> = { access: 'Access', invalidate: 'Invalidate', other: 'Other' };
const ENTRIES = TABS.map((id) => ({ id, label: LABELS[id] }));

/** What can be done at the selected address beside mapping it. */
export function AccessDetail() {
  const explorer = useExplorer();
  const tab = useView(({ tabs }) => tabs.acts);
  return (
    <div className="below-walk">
      <TabList
        name="More operations"
        id="acts"
        tabs={ENTRIES}
        open={tab}
        onOpen={(to) => explorer.showTabs({ acts: to })}
      />
      <div role="tabpanel" id="acts" aria-labelledby={`acts-${tab}`}>
        {tab === 'access' ? (
          <AccessForm />
        ) : (
          <Suspense fallback={<p className="hint">…</p>}>
            <ActsHost tab={tab} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function AccessForm() {
  const explorer = useExplorer();
  const access = useView(({ draft }) => draft.access);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const last = lastOutcome(document, picture, ACCESSES);
  const op = last && document.ops[last.index];
  return (
    <Access
      access={access}
      pcpus={document.config.pcpus}
      // Not those of the forecast, which may be that of another button.
      problems={explorer.read('access').problems}
      last={last}
      count={op?.op === 'access' ? op.count : 1}
      onChange={(next) => {
        explorer.consider('access');
        explorer.setDraft({ access: next });
      }}
      onAct={() => explorer.act('access')}
      onConsider={(here) => explorer.consider(here ? 'access' : 'map')}
    />
  );
}

import { INVALIDATE_ACTS, OTHER_ACTS } from '../../../machine/act-text';
import type { OpKind } from '../../../machine/op';
import type { MoreDraft, Tab } from '../../../state/draft';
import { namesAt } from '../../../state/insert';
import { invalidateAct, otherAct, readMore } from '../../../state/more';
import { Acts, type ActsDraft } from '../../../views/invalidate/acts';
import { lastOutcome } from '../../outcomes';
import { useExplorer, useSession, useView } from '../../use-explorer';

const INVALIDATES: readonly OpKind[] = ['invalidate', 'mask', 'flush'];
const OTHERS: readonly OpKind[] = ['va2ma', 'load', 'unload', 'register', 'reserve', 'release'];

/** The tabs beside Access: raw invalidations, and the calls beside those of mappings. */
export function ActsHost({ tab }: { readonly tab: Exclude<Tab, 'access'> }) {
  const explorer = useExplorer();
  const draft = useView((view) => view.draft.more);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const act = tab === 'invalidate' ? invalidateAct(draft) : otherAct(draft);
  const read = () => readMore(act, draft, document, explorer.target());
  const { problems } = read();
  const change = (part: Partial<MoreDraft>): void => explorer.setDraft({ more: { ...draft, ...part } });
  const common = {
    draft,
    pcpus: document.config.pcpus,
    ...namesAt(document, explorer.insertionIndex()),
    problems,
    last: lastOutcome(document, picture, tab === 'invalidate' ? INVALIDATES : OTHERS),
    onAct: () => {
      const reading = read();
      if ('op' in reading) explorer.add(reading.op);
    },
    onChange: (part: Partial<ActsDraft>) => change(part),
  };
  return tab === 'invalidate' ? (
    <Acts
      {...common}
      name="Invalidate"
      acts={INVALIDATE_ACTS}
      act={invalidateAct(draft)}
      onChoose={(invalidate) => change({ invalidate })}
    />
  ) : (
    <Acts
      {...common}
      name="Other calls"
      acts={OTHER_ACTS}
      act={otherAct(draft)}
      onChoose={(other) => change({ other })}
    />
  );
}

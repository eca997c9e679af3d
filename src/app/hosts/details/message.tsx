import { useState } from 'react';
import { faultOf, messageChanged, messageRestored, type MessageEdit, type Refusal } from '../../../state/message-edit';
import { MessagePane } from '../../../views/pcpus/message-pane';
import { useExplorer, useSession, useView } from '../../use-explorer';

/** What can be done with the selected message. Loaded when one is selected for the first time. */
export function MessageHost() {
  const explorer = useExplorer();
  const index = useView(({ selected }) => (selected.kind === 'message' ? selected.index : -1));
  const document = useSession((session) => session.document);
  const timeline = useSession((session) => session.timeline);
  const [refused, setRefused] = useState<{ readonly why: Refusal; readonly index: number }>();
  // Between an edit and its time line the two do not belong together.
  if (!timeline || timeline.ops.length !== document.ops.length) return undefined;
  const settle = (edit: MessageEdit | Refusal): void => {
    if (typeof edit === 'string') return setRefused({ why: edit, index });
    setRefused(undefined);
    explorer.replace(edit.document, edit.opNow);
  };
  return (
    <MessagePane
      timeline={timeline}
      index={index}
      fault={faultOf(document, timeline, index)}
      refusal={refused?.index === index ? refused.why : undefined}
      onDrop={() => settle(messageChanged(document, timeline, index, { kind: 'drop' }))}
      onDelay={(cycles) => settle(messageChanged(document, timeline, index, { kind: 'delay', cycles }))}
      onRestore={() => settle(messageRestored(document, timeline, index))}
      onSeek={(step) => explorer.playhead.seek(step)}
    />
  );
}

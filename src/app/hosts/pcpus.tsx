import { Pcpus } from '../../views/pcpus/pcpus';
import { useExplorer, useSession, useView } from '../use-explorer';
import { Empty } from './empty';

export function PcpusHost() {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const va = useView((view) => view.va);
  if (!picture) return <Empty name="PCPUs" id="pcpus" />;
  return (
    <Pcpus
      pcpus={picture.pcpus}
      messages={picture.messages}
      time={picture.time}
      va={va}
      onSelect={(to) => explorer.select({ kind: 'va', va: to })}
    />
  );
}

import { Bits } from '../../views/bits/bits';
import { useExplorer, useSession, useView } from '../use-explorer';
import { Empty } from './empty';

export function BitsHost() {
  const explorer = useExplorer();
  const walk = useSession(({ picture }) => picture?.walk);
  const control = useSession(({ picture }) => picture?.control);
  const level = useView((view) => view.level);
  const { maxPhyAddr } = useSession(({ document }) => document.config);
  if (!walk || !control) return <Empty name="Entry bits" id="bits" />;
  return (
    <Bits
      walk={walk}
      level={level}
      maxPhyAddr={maxPhyAddr}
      nxe={control.nxe}
      onLevel={(to) => explorer.selectLevel(to)}
    />
  );
}

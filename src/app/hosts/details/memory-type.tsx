import { MemoryTypeView } from '../../../views/memory-type/memory-type';
import { useSession } from '../../use-explorer';
import { useLit } from '../../use-lit';
import { usePointing } from '../../use-pointing';

export function MemoryTypeDetail() {
  const { walk, pat } = useSession(({ picture }) => picture)!;
  return <MemoryTypeView walk={walk} pat={pat} lit={useLit()} {...usePointing()} />;
}

import { MemoryTypeView } from '../../views/memory-type/memory-type';
import { useSession } from '../use-explorer';
import { Empty } from './empty';

export function MemoryTypeHost() {
  const walk = useSession(({ picture }) => picture?.walk);
  return walk ? <MemoryTypeView walk={walk} /> : <Empty name="Memory type" id="memory-type" />;
}

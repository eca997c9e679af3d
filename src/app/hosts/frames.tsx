import type { Theme } from '../../state/view';
import { mappingsOf } from '../../state/selection';
import { Frames } from '../../views/frames/frames';
import { useExplorer, useSession, useView } from '../use-explorer';
import { Empty } from './empty';

export function FramesHost({ theme }: { readonly theme: Theme }) {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const cursor = useView((view) => view.mpn);
  const pool = useSession(({ document }) => document.config.tablePool);
  if (!picture) return <Empty name="Machine frames" id="frames" />;
  const { end } = picture.walk;
  return (
    <Frames
      frames={picture.frames}
      mappings={mappingsOf(picture)}
      cursor={cursor}
      reached={end.kind === 'page' ? end.mpn : undefined}
      counts={[256, 512, 1024, 4096]}
      pool={pool}
      theme={theme}
      onPoint={(mpn) => explorer.pointAt(mpn)}
      onSelect={(mpn) => explorer.select({ kind: 'frame', mpn, count: 1 })}
      onWindow={({ start, count }) => explorer.showFrames({ start, cells: count, perCell: 1 })}
    />
  );
}

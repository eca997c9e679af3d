/** Between the stores and the views: each host picks what its view shows and passes on what its reader wants. */
import type { Picture } from '../engine/picture';
import { mappingAt, mappingsOf } from '../state/selection';
import { FRAME_COUNTS, type Theme } from '../state/view';
import { Bits } from '../views/bits/bits';
import { Frames } from '../views/frames/frames';
import { Hazards } from '../views/hazards/hazards';
import { Mappings } from '../views/mappings/mappings';
import { MemoryTypeView } from '../views/memory-type/memory-type';
import { Panel } from '../views/panel';
import { Pcpus } from '../views/pcpus/pcpus';
import { useExplorer, useSession, useView } from './use-explorer';

const usePicture = (): Picture | undefined => useSession(({ picture }) => picture);

/** Stands in for a view until there is a picture, so that the page does not jump. */
export const Empty = ({ name, id }: { readonly name: string; readonly id: string }) => (
  <Panel name={name} id={id}>
    <p className="hint">…</p>
  </Panel>
);

export function BitsHost() {
  const explorer = useExplorer();
  const picture = usePicture();
  const level = useView((view) => view.level);
  const { maxPhyAddr, control } = useSession(({ document }) => document.config);
  if (!picture) return <Empty name="Entry bits" id="bits" />;
  return (
    <Bits
      walk={picture.walk}
      level={level}
      maxPhyAddr={maxPhyAddr}
      nxe={(picture.control ?? control).nxe}
      onLevel={(to) => explorer.selectLevel(to)}
    />
  );
}

export function MemoryTypeHost() {
  const picture = usePicture();
  return picture ? <MemoryTypeView walk={picture.walk} /> : <Empty name="Memory type" id="memory-type" />;
}

export function HazardsHost() {
  const explorer = useExplorer();
  const picture = usePicture();
  if (!picture) return <Empty name="Hazards" id="hazards" />;
  return (
    <Hazards
      hazards={picture.hazards}
      onSelect={(va) => explorer.select(va)}
      onSeek={(step) => explorer.playhead.seek(step)}
    />
  );
}

export function MappingsHost() {
  const explorer = useExplorer();
  const picture = usePicture();
  const va = useView((view) => view.va);
  if (!picture) return <Empty name="Mappings" id="mappings" />;
  return (
    <Mappings
      modules={picture.modules}
      selected={mappingAt(picture, va)?.id}
      tables={picture.tables}
      onSelect={(to) => explorer.select(to)}
    />
  );
}

export function PcpusHost() {
  const explorer = useExplorer();
  const picture = usePicture();
  const va = useView((view) => view.va);
  if (!picture) return <Empty name="PCPUs" id="pcpus" />;
  return (
    <Pcpus
      pcpus={picture.pcpus}
      messages={picture.messages}
      time={picture.time}
      va={va}
      onSelect={(to) => explorer.select(to)}
    />
  );
}

export function FramesHost({ theme }: { readonly theme: Theme }) {
  const explorer = useExplorer();
  const picture = usePicture();
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
      counts={FRAME_COUNTS}
      pool={pool}
      theme={theme}
      onPoint={(mpn) => explorer.pointAt(mpn)}
      onSelect={(mpn) => explorer.selectFrame(mpn)}
      onWindow={(window) => explorer.showFrames(window)}
    />
  );
}

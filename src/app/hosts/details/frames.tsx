import { useMemo } from 'react';
import type { FrameWindow } from '../../../engine/protocol';
import { MAX_RANGES } from '../../../state/draft';
import type { Explorer } from '../../../state/explorer';
import { mappedAt } from '../../../state/mapped-at';
import { mappingsOf } from '../../../state/selection';
import { Frames } from '../../../views/frames/frames';
import type { FramesIntents } from '../../../views/frames/props';
import { useTheme } from '../../theme';
import { useExplorer, useSession, useView } from '../../use-explorer';
import { useLit } from '../../use-lit';
import { Empty } from '../empty';

export function FramesDetail() {
  const theme = useTheme();
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const document = useSession((session) => session.document);
  const intents = useMemo(() => intentsOf(explorer), [explorer]);
  const cursor = useView((view) => view.mpn);
  const window = useView((view) => view.frames);
  const colouring = useView((view) => view.colouring);
  const room = useView(({ draft }) => MAX_RANGES - draft.ranges.filter(isFilled).length);
  const lit = useLit();
  const reach = useSession((session) => session.reach);
  const shown = useView(({ selected }) => selected.kind === 'frame') || picture?.walk.end.kind === 'page';
  const modules = picture?.modules;
  const mappings = useMemo(() => mappingsOf(modules && { modules }), [modules]);
  const at = useMemo(() => mappedAt(mappings, document), [mappings, document]);
  if (!picture?.frames) return <Empty name="Machine frames" id="frames" />;
  const { regions, tablePool, maxPhyAddr } = document.config;
  return (
    <Frames
      frames={picture.frames}
      window={window}
      total={2 ** (maxPhyAddr - 12)}
      regions={regions}
      pool={tablePool}
      mappings={mappings}
      modules={picture.modules}
      pat={picture.pat}
      reach={reach}
      mappedAt={at}
      cursor={cursor}
      lit={lit}
      shown={shown}
      colouring={colouring}
      room={room}
      theme={theme}
      {...intents}
    />
  );
}

const isFilled = ({ startMPN, numPages }: { readonly startMPN: string; readonly numPages: string }): boolean =>
  startMPN !== '' || numPages !== '';

function intentsOf(explorer: Explorer): FramesIntents {
  return {
    onPoint: (mpn) => explorer.pointAt(mpn),
    onSelect: (thing) => explorer.select(thing),
    onHover: (thing) => explorer.hover(thing),
    onWindow: (window: FrameWindow) => explorer.showFrames(window),
    onColouring: (colouring) => explorer.view.setState({ colouring }),
    onRange: ({ startMPN, numPages }, how) => {
      const row = { startMPN: `0x${startMPN.toString(16)}`, numPages: String(numPages) };
      const before = how === 'add' ? explorer.view.getState().draft.ranges.filter(isFilled) : [];
      explorer.consider('map');
      explorer.setDraft({ ranges: [...before, row] });
    },
  };
}

import './fonts.css';
import './tokens.css';
import './base.css';
import './controls.css';
import './layout.css';
import { lazy, Suspense } from 'react';
import type { Explorer } from '../state/explorer';
import { BitsHost } from './hosts/bits';
import { FramesHost } from './hosts/frames';
import { HazardsHost } from './hosts/hazards';
import { unseenLater } from './hosts/later';
import { MappingsHost } from './hosts/mappings';
import { MemoryTypeHost } from './hosts/memory-type';
import { PcpusHost } from './hosts/pcpus';
import { RequestHost } from './hosts/request';
import { TimelineHost } from './hosts/timeline';
import { WalkHost } from './hosts/walk';
import { Jumps, Panels } from './layout/panels';
import { useTheme } from './theme';
import { TopBar } from './top-bar';
import { ExplorerContext } from './use-explorer';

const Dialogs = unseenLater((details) => details.Dialogs);
const History = unseenLater((details) => details.History);
const Kept = unseenLater((details) => details.Kept);
const Lesson = unseenLater((details) => details.LessonDetail);
const Separator = unseenLater((details) => details.Separator);
const Shortcuts = unseenLater((details) => details.Shortcuts);

const Embed = lazy(() => import('./embed/embed').then((all) => ({ default: all.Embed })));

interface AppProps {
  readonly explorer: Explorer;
  /** It stands in a frame of another page. */
  readonly embedded: boolean;
}

export const App = ({ explorer, embedded }: AppProps) => (
  <ExplorerContext value={explorer}>
    <Suspense>{embedded ? <Embed /> : <Shell />}</Suspense>
  </ExplorerContext>
);

/** The order is that of reading on a narrow screen; the grid of the layout puts each in its place on a wide one. */
function Shell() {
  const theme = useTheme();
  return (
    <div className="shell">
      <TopBar theme={theme} />
      <Kept />
      <Jumps />
      <Panels>
        <Lesson />
        <div className="column left">
          <RequestHost />
          <Separator name="request" />
          <MappingsHost />
        </div>
        <Separator name="left" />
        <div className="column middle">
          <WalkHost />
          <Separator name="walk" />
          <div className="pair">
            <FramesHost />
            <Separator name="frames" />
            <PcpusHost />
          </div>
        </div>
        <Separator name="right" />
        <div className="column right">
          <BitsHost />
          <Separator name="bits" />
          <MemoryTypeHost />
          <Separator name="type" />
          <HazardsHost />
        </div>
        <div className="dock">
          <Separator name="timeline" />
          <TimelineHost />
        </div>
      </Panels>
      <Dialogs />
      <Shortcuts />
      <History />
    </div>
  );
}

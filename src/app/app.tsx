import './fonts.css';
import './tokens.css';
import './base.css';
import './controls.css';
import './layout.css';
import type { Explorer } from '../state/explorer';
import { BitsHost, FramesHost, HazardsHost, MappingsHost, MemoryTypeHost, PcpusHost } from './hosts';
import { Kept } from './kept';
import { RequestHost } from './request-host';
import { useShortcuts } from './shortcuts';
import { useTheme } from './theme';
import { TimelineHost } from './timeline-host';
import { TopBar } from './top-bar';
import { ExplorerContext } from './use-explorer';
import { WalkHost } from './walk-host';

export function App({ explorer }: { readonly explorer: Explorer }) {
  useShortcuts(explorer);
  return (
    <ExplorerContext value={explorer}>
      <Shell />
    </ExplorerContext>
  );
}

/** The order is that of reading on a narrow screen; the grid of the layout puts each in its place on a wide one. */
function Shell() {
  const theme = useTheme();
  return (
    <div className="shell">
      <TopBar theme={theme} />
      <Kept />
      <main className="panels">
        <div className="column left">
          <RequestHost />
          <MappingsHost />
        </div>
        <div className="column middle">
          <WalkHost />
          <div className="pair">
            <FramesHost theme={theme} />
            <PcpusHost />
          </div>
        </div>
        <div className="column right">
          <BitsHost />
          <MemoryTypeHost />
          <HazardsHost />
        </div>
        <TimelineHost />
      </main>
    </div>
  );
}

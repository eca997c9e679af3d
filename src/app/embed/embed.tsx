import './embed.css';
import { useEffect, useState } from 'react';
import type { Explorer } from '../../state/explorer';
import { quickLinkOf } from '../../state/link';
import { placeOf } from '../../state/place';
import { PcpusHost } from '../hosts/pcpus';
import { TimelineHost } from '../hosts/timeline';
import { unseenLater } from '../hosts/later';
import { WalkHost } from '../hosts/walk';
import { useTheme } from '../theme';
import { linkInAddress } from '../url';
import { addressOf } from '../url-share';
import { useExplorer, useSession } from '../use-explorer';
import { Talk } from './talk';

const Dialogs = unseenLater((details) => details.Dialogs);
const LinkFault = unseenLater((details) => details.LinkFault);
const Shortcuts = unseenLater((details) => details.Shortcuts);

/** The page in a frame of another: the walk, the PCPUs and the time line, and a way out to the whole page. */
export function Embed() {
  const explorer = useExplorer();
  const title = useSession(({ document }) => document.title);
  useTheme();
  useEffect(() => new Talk(explorer).start(), [explorer]);
  useAddress();
  return (
    <div className="embed">
      <header className="embed-bar">
        <h1>{title || 'Untitled'}</h1>
        <Out />
      </header>
      <LinkFault />
      <main className="embed-panels">
        <WalkHost />
        <PcpusHost />
        <div className="embed-time">
          <TimelineHost />
        </div>
      </main>
      <Dialogs />
      <Shortcuts only="Time" />
    </div>
  );
}

/** The page around the frame may give its address another link. */
function useAddress(): void {
  const explorer = useExplorer();
  useEffect(() => {
    const follow = async (): Promise<void> => {
      const link = linkInAddress();
      const opened = link === undefined ? undefined : await explorer.readLink(link);
      if (opened && link === linkInAddress()) explorer.open(opened.scenario, opened.place);
    };
    const changed = (): void => void follow();
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, [explorer]);
}

/** The address of what is on screen; undefined when it is too much for a link. */
function addressNow({ session, view }: Explorer): string | undefined {
  const link = quickLinkOf(session.getState().document, placeOf(view.getState()));
  return link.ok ? addressOf(link.value) : undefined;
}

/** To the same scenario at the same place in a tab of its own: as they are when the reader is about to go there. */
function Out() {
  const explorer = useExplorer();
  const [address, setAddress] = useState(() => addressOf(linkInAddress()?.slice(1) ?? ''));
  const update = (): void => setAddress(addressNow(explorer) ?? address);
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener"
      title="In a new tab, at this step"
      onPointerEnter={update}
      onFocus={update}
      onClick={({ currentTarget }) => {
        currentTarget.href = addressNow(explorer) ?? address;
      }}
    >
      Open in Pagescope
    </a>
  );
}

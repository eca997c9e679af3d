import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/early-keys';
import { App } from './app/app';
import { isEmbedded, leftHere, linkInAddress } from './app/url';
import { OPENING } from './scenario/opening';
import { Explorer } from './state/explorer';
import { browserStorage, memoryStorage } from './state/storage';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const embedded = isEmbedded();
const explorer = new Explorer({
  first: OPENING,
  // What a reader does in the frame of another page is not what they work on.
  storage: embedded ? memoryStorage() : browserStorage,
  wholeSteps: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
});
explorer.start(linkInAddress(), leftHere());

createRoot(root).render(
  <StrictMode>
    <App explorer={explorer} embedded={embedded} />
  </StrictMode>,
);

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/early-keys';
import { App } from './app/app';
import { OPENING } from './scenario/opening';
import { Explorer } from './state/explorer';
import { browserStorage } from './state/storage';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const explorer = new Explorer({
  first: OPENING,
  storage: browserStorage,
  wholeSteps: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
});
explorer.start();

createRoot(root).render(
  <StrictMode>
    <App explorer={explorer} />
  </StrictMode>,
);

import { createPortal } from 'react-dom';
import { useExplorer } from './use-explorer';

/** What of the top bar comes later than the bar: it goes among the tools, and takes its place from the tagline. */
export function MoreTools() {
  const explorer = useExplorer();
  const tools = document.querySelector('.top-bar .tools');
  return (
    tools &&
    createPortal(
      <button
        type="button"
        className="icon-only tool-export"
        aria-label="Export or open"
        title="Export or open"
        onClick={() => explorer.showDialog('export')}
      >
        <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path
            d="M7.2 2h1.6v5.6l2-2 1.1 1.1L8 10.6 4.1 6.7l1.1-1.1 2 2zM2.5 9.5H4v3h8v-3h1.5V14h-11z"
            fill="currentColor"
          />
        </svg>
      </button>,
      tools,
    )
  );
}

import './copy.css';
import { useState } from 'react';

interface CopyProps {
  readonly text: string;
  /** What is copied, for its name: `address`. */
  readonly what: string;
  readonly tabIndex?: number | undefined;
}

/** Copies a number. It shows while the pointer or the focus is on what it belongs to (`.copies`), and says so when it has. */
export function Copy({ text, what, tabIndex }: CopyProps) {
  const [copied, setCopied] = useState(false);
  const forget = (): void => setCopied(false);
  return (
    <button
      type="button"
      className={copied ? 'copy done' : 'copy'}
      aria-label={`Copy ${what} ${text}`}
      tabIndex={tabIndex}
      onPointerLeave={forget}
      onBlur={forget}
      onClick={(event) => {
        event.stopPropagation();
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
    >
      <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
    </button>
  );
}

/** Drawn on a grid of 16 by 16 in the colour of the text. They say nothing to a screen reader: the button does. */
const PATHS = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  forward: 'M5.5 3v10l6-5z',
  back: 'M10.5 3v10l-6-5z',
  next: 'M3.5 3v10l6-5zM11 3h2v10h-2z',
  previous: 'M12.5 3v10l-6-5zM3 3h2v10H3z',
  remove: 'M4 5l1-1 3 3 3-3 1 1-3 3 3 3-1 1-3-3-3 3-1-1 3-3z',
  add: 'M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z',
  theme: 'M8 1.5a6.5 6.5 0 1 0 0 13zM8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0z',
  maximise: 'M2 2h5v1.5H3.5V7H2zM14 14H9v-1.5h3.5V9H14z',
  restore: 'M7 7H2V5.5h3.5V2H7zM9 9h5v1.5h-3.5V14H9z',
  fold: 'M3 5.5l1-1 4 4 4-4 1 1-5 5z',
  unfold: 'M3 10.5l1 1 4-4 4 4 1-1-5-5z',
  undo: 'M6 3 2 6.5 6 10V7.5h4a2.5 2.5 0 0 1 0 5H7V14h3a4 4 0 0 0 0-8H6z',
  redo: 'M10 3l4 3.5-4 3.5V7.5H6a2.5 2.5 0 0 0 0 5h3V14H6a4 4 0 0 1 0-8h4z',
  find: 'M7 2a5 5 0 1 0 2.9 9.1l3.3 3.3 1.2-1.2-3.3-3.3A5 5 0 0 0 7 2zm0 1.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  learn: 'M8 3 16 6.5 8 10 0 6.5zM3 9l5 2.2L13 9v2.8L8 14l-5-2.2z',
  settings: 'M2 4h5v1.5H2zM11 4h3v1.5h-3zM8 2.5h2V7H8zM2 10.5h2V12H2zM8 10.5h6V12H8zM5 9h2v4.5H5z',
  share: 'M8 1l4 4-1.1 1.1-2.1-2.2V10H7.2V3.9L5.1 6.1 4 5zM2.5 8H5v1.5H4v4h8v-4h-1V8h2.5v7h-11z',
  alert: 'M8 1 15.5 14.5H.5zM7.2 6v4.2h1.6V6zm0 5.4v1.5h1.6v-1.5z',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

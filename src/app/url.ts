/** The link that the address holds: whatever stands behind its `#`. */
export const linkInAddress = (): string | undefined => (location.hash.length > 1 ? location.hash : undefined);

/** The entry of the browser's history that the page was opened in: the reader may have left it before anything follows the history. */
export const OPENED_IN: readonly [state: unknown, hash: string] = [history.state, location.hash];

/** What was on screen before a reload, as the browser has kept it with this entry of its history. */
export const leftHere = (): unknown => {
  const [state] = OPENED_IN;
  return typeof state === 'object' && state !== null && 'document' in state ? state : undefined;
};

/** Whether the page stands in a frame of another page, without what surrounds the panels. */
export const isEmbedded = (): boolean => new URLSearchParams(location.search).has('embed');

const MARKS = [
  ['idle', 'idle'],
  ['busy', 'busy'],
  ['waits', 'waits'],
  ['serves', 'interrupted'],
  ['idle stale', 'stale'],
  ['idle owes', 'owes a flush'],
  ['idle masked', 'masked'],
  ['idle covers', 'has the address'],
] as const;

/** What the tiles cannot say for themselves. */
export const TileLegend = () => (
  <ul className="tile-legend">
    {MARKS.map(([name, title]) => (
      <li key={name}>
        <span className={`tile ${name}`} aria-hidden="true">
          {/stale|covers/.test(name) && <i className="fill" style={{ width: '80%' }} />}
        </span>
        {title}
      </li>
    ))}
  </ul>
);

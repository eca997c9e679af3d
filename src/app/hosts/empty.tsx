import { Panel } from '../../views/panel';

/** Stands in for a view until there is a picture, so that the page does not jump. */
export const Empty = ({ name, id }: { readonly name: string; readonly id: string }) => (
  <Panel name={name} id={id}>
    <p className="hint">…</p>
  </Panel>
);

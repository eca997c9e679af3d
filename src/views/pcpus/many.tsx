import { Lane } from './lane';
import { laneProps, type ManyProps } from './props';
import { Rows } from './rows';
import { Tiles } from './tiles';

/** Many PCPUs: all of them small, and the lanes of those that are opened. */
export function Many(props: ManyProps) {
  const { pcpus, form, list, open, onToggle } = props;
  const { step, lit, flights, onHover, onSelect } = props;
  const shared = { pcpus, lit, open, flights, onToggle, onHover, onSelect };
  return (
    <>
      {form === 'rows' ? <Rows {...shared} step={step} /> : <Tiles {...shared} />}
      {open.length > 0 && (
        <div className="opened">
          {open.map((id) => {
            const pcpu = pcpus[id];
            return pcpu && <Lane key={id} onClose={onToggle} {...laneProps(props, pcpu)} />;
          })}
        </div>
      )}
      {form === 'tiles' && list}
    </>
  );
}

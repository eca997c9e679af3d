import type { Thing } from '../../engine/thing';
import { entryOf, type Form, type PcpusProps } from './props';
import { EntryReadout, PcpuReadout } from './readout';
import { TileLegend } from './tile-legend';

interface FootProps extends Pick<PcpusProps, 'pcpus' | 'selected' | 'message' | 'onSeek'> {
  readonly pointed: Thing | undefined;
  readonly form: Form;
}

/**
 * Below the lanes, always in one place and of one height, so that they stay where they are under the pointer: what is pointed at in
 * words, else what is selected, else what the marks mean.
 */
export function Foot({ pointed, form, ...props }: FootProps) {
  const { selected, message } = props;
  const chosen = selected.kind === 'message' ? message?.(selected.index, true) : undefined;
  const told = <Told {...props} thing={pointed} />;
  const anew = pointed?.kind === 'message' && selected.kind === 'message' && pointed.index === selected.index;
  return (
    <div className={`pcpus-foot of-${form}`}>
      {chosen ?? (!pointed && <AtRest {...props} form={form} />)}
      {pointed && !anew && <div className="told">{told}</div>}
    </div>
  );
}

type ToldProps = Omit<FootProps, 'pointed' | 'form'> & { readonly thing: Thing | undefined };

function Told({ thing, pcpus, message, onSeek }: ToldProps) {
  if (thing?.kind === 'message') return message?.(thing.index, false);
  const place = entryOf(thing, pcpus);
  if (place) return <EntryReadout place={place} onSeek={onSeek} />;
  const pcpu = thing?.kind === 'pcpu' ? pcpus[thing.id] : undefined;
  return pcpu && <PcpuReadout pcpu={pcpu} />;
}

function AtRest({ form, ...props }: Omit<FootProps, 'pointed'>) {
  const { pcpus, selected } = props;
  const place = entryOf(selected, pcpus);
  if (place) return <EntryReadout place={place} onSeek={props.onSeek} />;
  if (form === 'tiles') return <TileLegend />;
  if (!pcpus.some(({ live }) => live > 0)) {
    return (
      <p className="tlb-readout">
        All TLBs are empty. An access walks the tables and leaves its translation here; use Access to make one.
      </p>
    );
  }
  const says = [
    pcpus.some(({ stale }) => stale > 0) && 'Stale: differs from the tables.',
    pcpus.some(({ owes }) => owes > 0) && 'Owes: has not invalidated yet.',
    pcpus.some(({ covers }) => covers !== 'none') && '◉ holds the address.',
    'Point at a mark to read it.',
  ];
  return <p className="tlb-readout">{says.filter(Boolean).slice(0, 3).join(' ')}</p>;
}

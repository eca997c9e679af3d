import './compare.css';
import { decimalGroups } from '../../base/number';
import { COST_KIND_TEXT } from '../../machine/cost-text';
import { COST_KINDS, type Cycles } from '../../machine/cycles';
import type { Rehearsal } from '../../engine/rehearsal';

interface CompareProps {
  /** What the sides are called: the values of the policy. */
  readonly names: readonly [string, string];
  readonly sides: readonly [Rehearsal, Rehearsal];
}

/** Two runs of the same operations beside each other: what each call costs its caller, what the others pay, what goes wrong. */
export function Compare({ names, sides }: CompareProps) {
  const [a, b] = sides;
  const most = Math.max(1, ...sides.flatMap(({ ops }) => ops.map(({ total }) => total)));
  const rows = a.ops.flatMap((op, i) => (op.total > 0 || (b.ops[i]?.total ?? 0) > 0 ? [i] : []));
  const kinds = COST_KINDS.filter((kind) => sides.some(({ ops }) => ops.some(({ cycles }) => (cycles[kind] ?? 0) > 0)));
  return (
    <>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {names.map((name, side) => (
              <th key={name} scope="col">
                {name}
                <small>{decimalGroups(sides[side]?.time ?? 0)} cycles in all</small>
              </th>
            ))}
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((i) => (
            <Row key={i} index={i} a={a.ops[i]} b={b.ops[i]} most={most} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Hazards</th>
            {sides.map(({ hazards, whole }, side) => (
              <td key={names[side]}>
                {hazards.length === 0 ? 'none' : hazards.map(({ title, times }) => `${title} (${times})`).join('; ')}
                {!whole && <em className="tag">cut off</em>}
              </td>
            ))}
            <td>{sides[0].hazards.length === sides[1].hazards.length ? '=' : 'differs'}</td>
          </tr>
        </tfoot>
      </table>
      <p className="compare-key hint">
        {kinds.map((kind) => (
          <span key={kind}>
            <i className={`cost-${kind}`} /> {COST_KIND_TEXT[kind]}
          </span>
        ))}
      </p>
    </>
  );
}

type Side = Rehearsal['ops'][number] | undefined;

interface RowProps {
  readonly index: number;
  readonly a: Side;
  readonly b: Side;
  readonly most: number;
}

function Row({ index, a, b, most }: RowProps) {
  const difference = (b?.total ?? 0) - (a?.total ?? 0);
  return (
    <tr>
      <th scope="row">
        {index + 1} <code>{a?.label}</code> <small>PCPU {a?.pcpu}</small>
      </th>
      {[a, b].map((side, i) => (
        <td key={i === 0 ? 'first' : 'second'}>
          <div className="compare-cost">
            <Bar cycles={side?.cycles ?? {}} most={most} />
            <span className="mono">{decimalGroups(side?.total ?? 0)}</span>
          </div>
          {side?.status !== undefined && side.status !== 'VMK_OK' && <em className="refused">{side.status}</em>}
        </td>
      ))}
      <td className="mono difference">
        {difference === 0 ? '=' : `${difference > 0 ? '+' : '−'}${decimalGroups(Math.abs(difference))}`}
      </td>
    </tr>
  );
}

/** The cycles of a call by kind, the work it made for other PCPUs included. */
function Bar({ cycles, most }: { readonly cycles: Cycles; readonly most: number }) {
  const parts = COST_KINDS.filter((kind) => (cycles[kind] ?? 0) > 0);
  const words = parts.map((kind) => `${COST_KIND_TEXT[kind]} ${decimalGroups(cycles[kind] ?? 0)}`).join(', ');
  return (
    <span className="compare-bar" role="img" aria-label={words === '' ? 'nothing' : words} title={words}>
      {parts.map((kind) => (
        <span key={kind} className={`cost-${kind}`} style={{ width: `${(100 * (cycles[kind] ?? 0)) / most}%` }} />
      ))}
    </span>
  );
}

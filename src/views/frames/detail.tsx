import { hexGroups } from '../../base/number';
import { Swatch } from './legend';
import { lookOf, stylesOf } from './colouring';
import type { About, Colouring } from './props';
import { factsOf } from './words';

interface DetailProps extends About {
  readonly mpn: number;
  readonly colouring: Colouring;
}

/** One frame, with all that is known of it written out. */
export function Detail(props: DetailProps) {
  const { mpn, frames, colouring } = props;
  const style = stylesOf(frames, colouring)[0] ?? 0;
  return (
    <dl className="frame-detail">
      {factsOf(props, mpn).map(([name, text], i) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {i === 0 && <Swatch {...lookOf(colouring, style)} />} {text}
          </dd>
        </div>
      ))}
      <div>
        <dt>addresses</dt>
        <dd>
          {hexGroups(mpn * 4096)} – {hexGroups(mpn * 4096 + 4095)}
        </dd>
      </div>
    </dl>
  );
}

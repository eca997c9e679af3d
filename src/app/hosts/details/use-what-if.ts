import { useEffect, useState } from 'react';
import type { Picture, Prediction, WalkLevelPicture } from '../../../engine/picture';
import type { Op } from '../../../machine/op';
import type { Explorer } from '../../../state/explorer';
import type { Forecast } from '../../../views/bits/props';
import { useExplorer, useSession, useView } from '../../use-explorer';

/** Typing is answered after it has paused for so long; a question that another displaced is asked again after as long. */
const DELAY_MS = 60;
const MOST_TRIES = 20;

interface Answer {
  readonly picture: Picture;
  readonly ma: number;
  readonly value: bigint;
  readonly forecast: Forecast;
}

/** What writing a value into an entry would do after this step: asked of the engine, on a copy of the machine. Not while playing. */
export function useWhatIf(
  pcpu: number,
  entry: WalkLevelPicture | undefined,
  value: bigint | undefined,
): Forecast | undefined {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const playing = useView((view) => view.playing);
  const [answer, setAnswer] = useState<Answer>();
  const ma = value === undefined || value === entry?.entry ? undefined : entry?.ma;

  useEffect(() => {
    if (playing || picture === undefined || ma === undefined || value === undefined) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      // Without the poke, so that what operations under way will still do is not blamed on it.
      const now = await foretold(explorer, { op: 'sync' }, () => wanted);
      const after = await foretold(explorer, { op: 'poke', pcpu, ma: BigInt(ma), value }, () => wanted);
      if (!wanted || !now || !after) return;
      setAnswer({ picture, ma, value, forecast: { now, after, hazards: after.hazards.map(({ title }) => title) } });
    };
    const timer = setTimeout(() => void ask(), DELAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [explorer, picture, playing, pcpu, ma, value]);

  const fits = answer && answer.picture === picture && answer.ma === ma && answer.value === value;
  return fits ? answer.forecast : undefined;
}

async function foretold(explorer: Explorer, op: Op, wanted: () => boolean): Promise<Prediction | undefined> {
  for (let tries = 0; tries < MOST_TRIES && wanted(); tries++) {
    const prediction = await explorer.foretell(op);
    if (prediction) return prediction;
    await new Promise((again) => {
      setTimeout(again, DELAY_MS);
    });
  }
  return undefined;
}

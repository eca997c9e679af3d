import { useEffect, useState } from 'react';
import type { Picture, Tried, WalkLevelPicture } from '../../../engine/picture';
import type { Explorer } from '../../../state/explorer';
import { useExplorer, useSession, useView } from '../../use-explorer';

/** Typing is answered after it has paused for so long; a question that another displaced is asked again after as long. */
const DELAY_MS = 60;
const MOST_TRIES = 20;

interface Answer {
  readonly picture: Picture;
  readonly ma: number;
  readonly value: bigint;
  readonly tried: Tried;
}

/** What another value of an entry would do in this step: asked of the engine, on a copy of the machine. Not while playing. */
export function useWhatIf(entry: WalkLevelPicture | undefined, value: bigint | undefined): Tried | undefined {
  const explorer = useExplorer();
  const picture = useSession((session) => session.picture);
  const playing = useView((view) => view.playing);
  const [answer, setAnswer] = useState<Answer>();
  const ma = value === undefined || value === entry?.entry ? undefined : entry?.ma;

  useEffect(() => {
    if (playing || picture === undefined || ma === undefined || value === undefined) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      const tried = await triedAt(explorer, picture, ma, value, () => wanted);
      if (wanted && tried) setAnswer({ picture, ma, value, tried });
    };
    const timer = setTimeout(() => void ask(), DELAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [explorer, picture, playing, ma, value]);

  const fits = answer && answer.picture === picture && answer.ma === ma && answer.value === value;
  return fits ? answer.tried : undefined;
}

async function triedAt(
  explorer: Explorer,
  { step, walk }: Picture,
  ma: number,
  value: bigint,
  wanted: () => boolean,
): Promise<Tried | undefined> {
  for (let tries = 0; tries < MOST_TRIES && wanted(); tries++) {
    const tried = await explorer.tried(step, walk.va, ma, value);
    if (tried) return tried;
    await new Promise((again) => {
      setTimeout(again, DELAY_MS);
    });
  }
  return undefined;
}

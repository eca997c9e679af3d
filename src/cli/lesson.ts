import * as around from '../engine/around';
import { Engine } from '../engine/engine';
import type { Picture, TimelinePicture } from '../engine/picture';
import type { Reply, RequestBody } from '../engine/protocol';
import { LIBRARY } from '../scenario/library-files';
import type { Lesson } from '../scenario/lesson/lesson';
import { parseLessonText } from '../scenario/lesson/parse';
import { describeProblems } from '../scenario/problem';
import { selectAsked, selectOf, thingOf } from '../state/lesson/aim';
import { answerOf, isRight } from '../state/lesson/answer';
import { revealStep, stepOf, vaOf, type Played } from '../state/lesson/moment';
import { readText } from './door/files';

const USAGE = 'usage: npm run -s lesson -- FILE…   (reads and plays lessons, and answers their questions)';

/** Plays lessons as a reader would. 0 when each move is there and each question has one right answer; 1 otherwise; 2 for wrong files. */
export function main(files: readonly string[]): number {
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  return Math.max(...files.map(check));
}

function check(file: string): number {
  const text = readText(file);
  if (!text.ok) {
    console.error(`lesson: ${text.error}`);
    return 2;
  }
  const read = parseLessonText(text.value, LIBRARY);
  if (!read.ok) {
    console.error(`lesson: ${file}: ${describeProblems(read.error)}`);
    return 2;
  }
  const lines = played(read.value);
  for (const { says } of lines) console.log(says);
  return lines.some(({ wrong }) => wrong) ? 1 : 0;
}

export interface Line {
  readonly says: string;
  /** A reader would be stuck here. */
  readonly wrong: boolean;
}

/** What a reader meets, move by move. */
export function played(lesson: Lesson): readonly Line[] {
  const engine = new Engine((work) => work(), { around });
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario: lesson.scenario }) as { readonly timeline: TimelinePicture };
  const before: Played = { scenario: lesson.scenario, timeline };
  const lanes =
    lesson.scenario.config.pcpus > 16 ? [] : Array.from({ length: lesson.scenario.config.pcpus }, (_, i) => i);
  const pictureAt = (step: number, va: bigint): Picture =>
    (ask({ kind: 'seek', step, look: { va, lanes } }) as { readonly picture: Picture }).picture;
  const stopped: Line[] = timeline.stopped === undefined ? [] : [{ says: `WRONG: ${timeline.stopped}`, wrong: true }];
  return [
    { says: `${lesson.title}: ${timeline.times.length - 1} steps`, wrong: false },
    ...stopped,
    ...lesson.moves.flatMap(moveLines),
  ];

  function moveLines({ at, select: own, ask: question }: Lesson['moves'][number], i: number): readonly Line[] {
    const step = stepOf(at, before);
    if (step === undefined)
      return [{ says: `WRONG: moves[${i}].at names an operation that is not carried out`, wrong: true }];
    const select = selectOf(lesson, i);
    const va = select.address ? vaOf(select.address, before) : 0n;
    if (va === undefined) return [{ says: `WRONG: moves[${i}].select names a mapping that is not made`, wrong: true }];
    const picture = pictureAt(step, va);
    const there = Object.keys(own ?? {}).length === 0 || thingOf(select, before, picture) !== undefined;
    const shown = { says: `${i} step ${step}: ${picture.narration}`, wrong: false };
    const missing = there ? [] : [{ says: `WRONG: moves[${i}].select finds nothing at this step`, wrong: true }];
    return [shown, ...missing, ...(question ? [questionLine(question, i)] : [])];
  }

  function questionLine(question: NonNullable<Lesson['moves'][number]['ask']>, i: number): Line {
    const step = revealStep(question, lesson.moves[i].at, before);
    const { address } = selectAsked(question, selectOf(lesson, i));
    const va = address ? vaOf(address, before) : 0n;
    if (step === undefined || va === undefined)
      return { says: `WRONG: moves[${i}].ask is never answered`, wrong: true };
    const answer = answerOf(question, { ...before, picture: pictureAt(step, va) });
    const right = answer && question.choices?.filter(({ is }) => isRight(is, answer.is));
    const wrong = !answer || (right !== undefined && right.length !== 1);
    return {
      says: `  ${wrong ? 'WRONG' : '?'} ${question.question} → ${answer?.is}: ${answer?.says} (step ${step})`,
      wrong,
    };
  }
}

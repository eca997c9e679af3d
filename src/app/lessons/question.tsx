import { useEffect, useId, useRef } from 'react';
import type { Ask } from '../../scenario/lesson/lesson';
import type { Lessons, Running } from '../../state/lesson/lessons';
import type { Verdict } from '../../state/lesson/verdict';

interface QuestionProps {
  readonly ask: Ask;
  readonly lessons: Lessons;
  readonly running: Running;
  readonly verdict: Verdict | undefined;
}

/** Answered first; then the machine says what is right. */
export function Question({ ask, lessons, running, verdict }: QuestionProps) {
  const given = verdict ? verdict.given : running.given[running.move];
  return (
    <>
      <fieldset className="lesson-question">
        <legend>{ask.question}</legend>
        {ask.choices ? (
          <Choices choices={ask.choices} given={given} verdict={verdict} onGive={(at) => lessons.give(at)} />
        ) : (
          <Typed unit={ask.number?.unit} given={given} verdict={verdict} onGive={(text) => lessons.give(text)} />
        )}
      </fieldset>
      <div role="status" aria-label="Answer">
        {verdict && <Told ask={ask} verdict={verdict} />}
      </div>
    </>
  );
}

interface ChoicesProps {
  readonly choices: NonNullable<Ask['choices']>;
  readonly given: Verdict['given'] | undefined;
  readonly verdict: Verdict | undefined;
  readonly onGive: (at: number) => void;
}

function Choices({ choices, given, verdict, onGive }: ChoicesProps) {
  const name = useId();
  return choices.map(({ text }, at) => {
    const isRight = verdict?.choice === at;
    const isWrong = verdict !== undefined && given === at && verdict.right === false;
    return (
      <label key={text} className={`lesson-choice${isRight ? ' right' : ''}${isWrong ? ' wrong' : ''}`}>
        <input
          type="radio"
          name={name}
          checked={given === at}
          disabled={verdict !== undefined}
          onChange={() => onGive(at)}
        />
        <span>
          {text}
          {isRight && <em className="lesson-mark"> ✓ the machine</em>}
          {isWrong && <em className="lesson-mark"> ✗ you</em>}
        </span>
      </label>
    );
  });
}

interface TypedProps {
  readonly unit: string | undefined;
  readonly given: Verdict['given'] | undefined;
  readonly verdict: Verdict | undefined;
  readonly onGive: (text: string) => void;
}

function Typed({ unit, given, verdict, onGive }: TypedProps) {
  return (
    <label className="lesson-typed">
      <input
        type="text"
        inputMode="numeric"
        aria-label="Your answer"
        value={given ?? ''}
        readOnly={verdict !== undefined}
        onChange={({ target }) => onGive(target.value)}
      />
      {unit}
    </label>
  );
}

/** Right or wrong, what happened in the machine's own words, and what it means. */
function Told({
  ask: { after, number },
  verdict: { right, answer },
}: {
  readonly ask: Ask;
  readonly verdict: Verdict;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  const means = typeof after === 'object' ? after[right === false ? 'wrong' : 'right'] : after;
  return (
    <div ref={box} className={`lesson-told${right === undefined ? '' : right ? ' right' : ' wrong'}`}>
      <p>
        <strong>{right === undefined ? 'Nobody can say.' : right ? '✓ Right.' : '✗ Not so.'}</strong>{' '}
        {number && answer ? `The machine says ${answer.is}${number.unit ? ` ${number.unit}` : ''}. ` : ''}
        <span className="lesson-machine">{answer?.says ?? 'At this moment the machine has no answer.'}</span>
      </p>
      {means !== undefined && <p>{means}</p>}
    </div>
  );
}

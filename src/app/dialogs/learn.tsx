import './learn.css';
import { useId, useState, type ClipboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Lesson } from '../../scenario/lesson/lesson';
import type { Lessons } from '../../state/lesson/lessons';
import { keyOf } from '../../state/lesson/progress';
import { useLessons, useLessonState } from '../lessons/use-lessons';
import { progressText } from '../lessons/words';
import { Modal } from './modal';

interface LearnProps {
  readonly onClose: () => void;
}

/** The lessons that come with the program, and a way to a teacher's own. */
export function Learn({ onClose }: LearnProps) {
  const lessons = useLessons();
  return (
    <Modal label="Learn" id="learn" onClose={onClose}>
      <p className="hint">
        Ten short lessons on the machine in front of you. Touch anything on the way: each lesson waits for you. What you
        have made yourself comes back with Undo.
      </p>
      {lessons === undefined && <p className="hint">…</p>}
      {lessons === 'failed' && (
        <p role="alert">
          The lessons could not be loaded. When you are online again, close this and open it once more.
        </p>
      )}
      {typeof lessons === 'object' && <List lessons={lessons} onClose={onClose} />}
    </Modal>
  );
}

function List({ lessons, onClose }: LearnProps & { readonly lessons: Lessons }) {
  const list = useLessonState(lessons, (state) => state.list) ?? [];
  const progress = useLessonState(lessons, (state) => state.progress);
  const next = list.find((lesson) => !progress[keyOf(lesson)]?.done);
  const start = (lesson: Lesson): void => {
    // The dialog gives the focus back first; the lesson then takes it.
    flushSync(onClose);
    lessons.start(lesson);
  };
  return (
    <>
      <ol className="lesson-list">
        {list.map((lesson) => {
          const reached = progress[keyOf(lesson)];
          return (
            <li key={lesson.id}>
              <button
                type="button"
                className={`lesson-line${reached?.done ? ' done' : ''}`}
                aria-current={lesson === next ? 'step' : undefined}
                onClick={() => start(lesson)}
              >
                <span className="lesson-title">{lesson.title}</span>
                <span className="lesson-about">{lesson.about}</span>
                <span className="lesson-reached">{progressText(lesson, reached)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <Own lessons={lessons} onClose={onClose} />
      {Object.keys(progress).length > 0 && (
        <button type="button" className="quiet lesson-reset" onClick={() => lessons.reset()}>
          Forget my progress
        </button>
      )}
    </>
  );
}

/** A lesson of one's own: a file, or a text that is pasted. */
function Own({ lessons, onClose }: LearnProps & { readonly lessons: Lessons }) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const open = async (text: string): Promise<void> => {
    const wrong = await lessons.open(text);
    setProblem(wrong);
    if (wrong === undefined) onClose();
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (text.trim() === '') return;
    event.preventDefault();
    void open(text);
  };
  return (
    <div className="lesson-own">
      <label className="file-button">
        Open a lesson file
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) void file.text().then(open);
            currentTarget.value = '';
          }}
        />
      </label>
      <input
        type="text"
        aria-label="Paste a lesson"
        placeholder="… or paste one here"
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={problem === undefined ? undefined : id}
        value=""
        onChange={() => undefined}
        onPaste={paste}
      />
      {problem !== undefined && (
        <pre className="problem" id={id} role="alert">
          {problem}
        </pre>
      )}
    </div>
  );
}

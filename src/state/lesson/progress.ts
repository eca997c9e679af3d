import type { Lesson } from '../../scenario/lesson/lesson';
import type { Storage } from '../storage';

/** How far somebody has come in a lesson. */
export interface Reached {
  /** The move that was shown last. */
  readonly move: number;
  /** The last move was reached. */
  readonly done: boolean;
  /** How questions were answered, by move. */
  readonly answers: Readonly<Record<number, boolean>>;
}
/** By lesson: its id, or for a teacher's own its title. */
export type Progress = Readonly<Record<string, Reached>>;

export const keyOf = ({ id, title }: Pick<Lesson, 'id' | 'title'>): string => id ?? `“${title}”`;

type Loose = Readonly<Record<string, unknown>>;
const looseOf = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};

function reachedOf(value: unknown): Reached | undefined {
  const { move, done, answers } = looseOf(value);
  if (!Number.isSafeInteger(move) || Number(move) < 0) return undefined;
  const known = Object.entries(looseOf(answers)).filter(
    ([at, right]) => /^\d+$/.test(at) && typeof right === 'boolean',
  );
  return { move: Number(move), done: done === true, answers: Object.fromEntries(known) as Reached['answers'] };
}

/** The progress of earlier visits. */
export function keptProgress(storage: Storage): Progress {
  try {
    const read = Object.entries(looseOf(JSON.parse(storage.read('lessons') ?? '{}')));
    return Object.fromEntries(
      read.flatMap(([key, value]) => {
        const reached = reachedOf(value);
        return reached ? [[key, reached] as const] : [];
      }),
    );
  } catch {
    return {}; // Cut off, or not ours.
  }
}

export const storeProgress = (storage: Storage, progress: Progress): void =>
  void storage.write('lessons', Object.keys(progress).length > 0 ? JSON.stringify(progress) : undefined);

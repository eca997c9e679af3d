import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Lessons, LessonsState } from '../../state/lesson/lessons';
import { useExplorer } from '../use-explorer';

/** What leads through lessons, once it is loaded; undefined until then, `failed` where it cannot be had. */
export function useLessons(): Lessons | 'failed' | undefined {
  const explorer = useExplorer();
  const [loaded, setLoaded] = useState<Lessons | 'failed'>();
  useEffect(() => {
    const load = async (): Promise<Lessons> => {
      const lessons = await explorer.withLessons();
      await lessons.load();
      return lessons;
    };
    load().then(setLoaded, () => setLoaded('failed'));
  }, [explorer]);
  return loaded;
}

export const useLessonState = <T>({ store }: Lessons, select: (state: LessonsState) => T): T => useStore(store, select);

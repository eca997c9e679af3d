import { LIBRARY } from '../library-files';
import { lessonsOf } from './library';

/** All files at once, for commands and tests. The page fetches them when somebody learns. */
const files = import.meta.glob<unknown>('./library/*.json', { eager: true, import: 'default' });

export const LESSONS = lessonsOf(
  Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file])),
  LIBRARY,
);

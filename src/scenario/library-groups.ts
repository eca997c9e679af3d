/** The parts of the library, in the order of a reader. */
export const LIBRARY_GROUPS = {
  header: 'The examples of vmkapi_mapping.h',
  callers: 'What public drivers do',
  extremes: 'As far as the interface goes',
  mistakes: 'Going wrong',
} as const;
export type LibraryGroup = keyof typeof LIBRARY_GROUPS;

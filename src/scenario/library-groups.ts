/** The parts of the library, in the order of a reader. */
export const LIBRARY_GROUPS = {
  header: 'The examples of vmkapi_mapping.h',
  callers: 'What public drivers do',
  drivers: 'Registers of Linux drivers',
  extremes: 'As far as the interface goes',
  mistakes: 'Going wrong',
  bugs: 'Bugs of real systems',
  hazards: 'One for each hazard',
} as const;
export type LibraryGroup = keyof typeof LIBRARY_GROUPS;

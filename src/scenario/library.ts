import { LIBRARY_GROUPS, type LibraryGroup } from './library-groups';

/** What a file of src/scenario/library says about itself, beside being a document like any other. */
interface About {
  readonly group: LibraryGroup;
  /** The hazard rules that it raises, with spaces between them. */
  readonly hazards?: string;
  readonly why: string;
  readonly source: string;
  /** Where to look first. */
  readonly look: string;
}

export interface LibraryEntry extends About {
  /** The file's name without its ending. */
  readonly id: string;
  readonly title: string;
  readonly document: unknown;
}

/** The files of the library by id, as they are stored. */
export type LibraryFiles = Readonly<Record<string, { readonly title: string; readonly about: About }>>;

const groups = Object.keys(LIBRARY_GROUPS);

/** The scenarios that come with the program, in the order of a reader. */
export const libraryOf = (files: LibraryFiles): readonly LibraryEntry[] =>
  Object.entries(files)
    .map(([id, document]) => Object.assign({ id, title: document.title, document }, document.about))
    .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.id < b.id ? -1 : 1));

import * as around from './around';
import * as written from './export';
import type { Parts } from './parts';
import * as rehearsal from './rehearsal';
import * as source from './source';
import * as strip from './strip';
import * as tree from './tree-picture';

/** All parts, there from the start. */
export const PARTS: Parts = { around, tree, rehearsal, source, strip, export: written };

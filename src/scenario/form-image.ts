import type * as v from 'valibot';
import { leaf, list, says, shape } from './form';
import { integer } from './form-number';
import { readWords, WORDS_TEXT } from './image-words';
import { DOCUMENT_LIMITS } from './limits';

/** Below the largest MAXPHYADDR. */
const FRAMES = 2 ** 40;

const words = leaf({ type: 'string', pattern: WORDS_TEXT }, readWords);

/** Tables as they stand in machine memory. */
export const imageForm = shape({
  cr3: says(integer(0, 2 ** 52 - 1), 'The machine address of the PML4; bits 11:0 must be 0.'),
  frames: says(
    list(
      shape({
        mpn: integer(0, FRAMES - 1),
        words: says(
          words,
          'The words that are not 0: "index:value", and for neighbours that go up evenly "index:value+step*count", with spaces between.',
        ),
      }),
      DOCUMENT_LIMITS.imageFrames.max,
      1,
    ),
    'The tables, one frame each.',
  ),
});
export type ReadImageDoc = v.InferOutput<typeof imageForm>;

/** As a document writes it. */
export interface ImageDoc {
  readonly cr3: string;
  readonly frames: readonly { readonly mpn: string | number; readonly words: string }[];
}

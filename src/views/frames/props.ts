import type { FramesPicture, MappingPicture } from '../../engine/picture';

export interface FramesProps {
  readonly frames: FramesPicture;
  readonly mappings: readonly MappingPicture[];
  /** The frame under the cursor, and the one that the selected address reaches. */
  readonly cursor: number;
  readonly reached: number | undefined;
  readonly counts: readonly number[];
  readonly pool: { readonly startMPN: number; readonly pages: number };
  /** The canvas reads its colours from the page; in another theme a new one does so. */
  readonly theme: string;
  readonly onPoint: (mpn: number) => void;
  readonly onSelect: (mpn: number) => void;
  readonly onWindow: (window: { readonly start: number; readonly count: number }) => void;
}

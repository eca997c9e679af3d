import type { MapAttrName } from './vmkapi';

/** What each attribute does here. */
export const ATTR_TEXT: Readonly<Record<MapAttrName, string>> = {
  READWRITE: 'Stores are allowed: RW = 1. Without it the mapping is read-only.',
  EXECUTABLE: 'Instructions can be fetched: XD = 0. Without it they cannot.',
  WRITECOMBINE: 'The PAT slot of type WC: stores are gathered in write buffers.',
  UNCACHED: 'The PAT slot of type UC- (or UC): data is not cached. The TLB still holds the entry.',
  MIGHTCHANGE: 'vmk_MapChangeAttributes may be used later. No bit in the entry.',
};

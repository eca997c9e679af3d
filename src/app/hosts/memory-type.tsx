import { later } from './later';

export const MemoryTypeHost = later('Memory type', 'memory-type', ({ MemoryTypeDetail }) => MemoryTypeDetail);

/** The panes around the walk. They come in one piece after the first picture, which does not need them. */
export { Stage } from '../../../views/timeline/stage';
export { AccessDetail } from './access';
export { FramesDetail } from './frames';
export { PcpusDetail } from './pcpus';
export { RequestDetail } from './request';
export { BitsDetail } from './bits';
export { MemoryTypeDetail } from './memory-type';
export { HazardsDetail } from './hazards';
export { MappingsDetail } from './mappings';

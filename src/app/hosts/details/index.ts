/** The panes around the walk and what nobody sees before it is used: all that the first picture does without, in one piece. */
export { Dialogs } from '../../dialogs/dialogs';
export { Kept, LinkFault } from '../../kept';
export { Separator } from '../../layout/separator';
export { Shortcuts } from '../../shortcuts';
export { History } from '../../url-history';
export { Stage } from '../../../views/timeline/stage';
export { AccessDetail } from './access';
export { FramesDetail } from './frames';
export { PcpusDetail } from './pcpus';
export { RequestDetail } from './request';
export { LessonDetail } from './lesson';
export { BitsDetail } from './bits';
export { MemoryTypeDetail } from './memory-type';
export { HazardsDetail } from './hazards';
export { MappingsDetail } from './mappings';

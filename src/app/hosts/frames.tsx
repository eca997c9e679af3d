import { later } from './later';

export const FramesHost = later('Machine frames', 'frames', ({ FramesDetail }) => FramesDetail);

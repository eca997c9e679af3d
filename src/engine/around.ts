/** What is around the walk. */
export { framesPicture } from './frames-picture';
export { pcpuPictures } from './pcpu-picture';
export { Predictor } from './prediction';
export { reachOf } from './reach';

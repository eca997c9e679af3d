import { later } from './later';

export const HazardsHost = later('Hazards', 'hazards', ({ HazardsDetail }) => HazardsDetail);

import { later } from './later';

export const MappingsHost = later('Mappings', 'mappings', ({ MappingsDetail }) => MappingsDetail);

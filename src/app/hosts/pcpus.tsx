import { later } from './later';

export const PcpusHost = later('PCPUs', 'pcpus', ({ PcpusDetail }) => PcpusDetail);

import { later } from './later';

export const RequestHost = later('Request', 'request', ({ RequestDetail }) => RequestDetail);

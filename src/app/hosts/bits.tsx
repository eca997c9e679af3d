import { later } from './later';

export const BitsHost = later('Entry bits', 'bits', ({ BitsDetail }) => BitsDetail);

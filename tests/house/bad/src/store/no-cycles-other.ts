import type { One } from './no-cycles.ts';
export type Other = One | 2;

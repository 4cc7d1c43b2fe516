import type { Other } from './no-cycles-other.ts';
export type One = Other | 1;

import type { thing } from '../src/store/thing.ts';
export type Wrong = typeof thing;

import { readFile } from 'node:fs/promises';

export const one = 1;

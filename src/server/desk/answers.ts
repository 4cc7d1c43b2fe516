import { z } from 'zod';

const refusal = z.object({ code: z.string(), message: z.string() }).describe('What was refused, and what to do about it');

/** What a call answers, for the API document: the schema of a good answer, and that of every refusal. */
export function answers<S extends z.ZodType>(good: S): { 200: S; '4xx': typeof refusal; '5xx': typeof refusal } {
  return { 200: good, '4xx': refusal, '5xx': refusal };
}

/** The answer of an act that has nothing to say. */
export const done = z.object({});

import { z } from 'zod';

const fault = z.object({
  file: z.string(),
  line: z.number(),
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  fault: z.string(),
  remedy: z.string(),
});

/** Answers of /api/desk/knowledge (knowledge-protocol.ts). */
export const knowledgeView = z.object({
  version: z.string(),
  languages: z.array(z.string()),
  topics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      department: z.string(),
      policy: z.enum(['answer', 'handoff']),
      live: z.boolean(),
      coverage: z.record(z.string(), z.object({ questions: z.number(), answer: z.boolean() })),
      errors: z.number(),
      warnings: z.number(),
    }),
  ),
  faults: z.array(fault),
  outdated: z.boolean(),
});

const named = z.object({ id: z.string(), title: z.string() });

/** Answers of /api/desk/knowledge/ask. */
export const explained = z.object({
  read: z.string(),
  language: z.string(),
  languageSure: z.boolean(),
  foreign: z.boolean(),
  outcome: z.enum(['answer', 'suggest', 'handoff', 'fallback', 'reply']),
  topic: named.optional(),
  department: z.string().optional(),
  reason: z.string().optional(),
  confidence: z.number(),
  none: z.number(),
  candidates: z.array(named.extend({ score: z.number() })),
  signals: z.array(z.string()),
  coverage: z.number(),
  repaired: z.array(z.object({ typed: z.string(), read: z.string() })),
  text: z.string(),
  choices: z.array(z.string()),
});

/** Answers of /api/desk/knowledge/gaps. */
export const gapsView = z.object({
  messages: z.number(),
  groups: z.array(
    z.object({
      language: z.string(),
      count: z.number(),
      messages: z.array(z.string()),
      replies: z.array(z.string()),
      nearest: named.extend({ department: z.string() }).optional(),
      score: z.number(),
      words: z.array(z.string()),
    }),
  ),
});

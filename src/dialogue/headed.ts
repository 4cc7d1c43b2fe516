import type { Draft } from '../delivery/turn.ts';

/** What a turn says, with more before it in the same message, a paragraph each; empty ones are left out. */
export function headed(said: Draft, ...before: string[]): Draft {
  return { ...said, reply: { ...said.reply, text: [...before, said.reply.text].filter(Boolean).join('\n\n') } };
}

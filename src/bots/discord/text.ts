import type { APIMessage, APIUser } from 'discord.js';

type Written = Pick<APIMessage, 'content'> & Partial<Pick<APIMessage, 'mentions' | 'poll' | 'message_snapshots'>>;

/** What a person wrote, as people read it: names for mentions, without the mention of `me`; a poll's question; a forwarded message's text. */
export function textOf(message: Written, me?: string): string {
  const content =
    message.content || message.poll?.question.text || message.message_snapshots?.map((each) => each.message.content).join('\n') || '';
  const names = new Map((message.mentions ?? []).map((user) => [user.id, nameOf(user)]));
  return content
    .replace(/<@!?(\d+)>/g, (mention, id) => (id === me ? '' : names.has(id) ? `@${names.get(id)}` : mention))
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .trim();
}

/** The name that a person shows. */
export function nameOf({ global_name, username }: Pick<APIUser, 'global_name' | 'username'>): string {
  return global_name ?? username;
}

/** When something with that id was made, milliseconds since the epoch. */
export function timeOf(snowflake: string): number {
  return Number((BigInt(snowflake) >> 22n) + 1_420_070_400_000n);
}

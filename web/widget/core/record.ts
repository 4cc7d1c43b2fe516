import type { ChatMessage, Update } from '../../../src/bots/web/protocol.ts';

/** Adds what an update brings to what is known, in the order of the server. Twice has no effect; returns the same array where nothing is new. */
export function addMessages(known: ChatMessage[], update: Update): ChatMessage[] {
  if (update.messages.length === 0) return known;
  const places = new Map(known.map(({ id }, place) => [id, place]));
  const result = [...known];
  for (const message of update.messages) {
    const place = places.get(message.id);
    if (place === undefined) result.push(message);
    else result[place] = message;
  }
  return result;
}

/** Where Telegram reaches somebody: a chat; in groups also the author, and the topic where the group has topics. */
export interface Place {
  chat: number;
  author?: number;
  topic?: number;
}

/** The address of a place: `12` a private chat, `-100:12` the author 12 in a group, `-100:12:7` in its topic 7. */
export function writeAddress({ chat, author, topic }: Place): string {
  return [chat, author, topic].filter((part) => part !== undefined).join(':');
}

/** The place of an address that writeAddress made. */
export function readAddress(address: string): Place {
  const [chat = 0, author, topic] = address.split(':').map(Number);
  return { chat, author, topic };
}

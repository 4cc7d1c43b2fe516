/** Where Discord reaches somebody: a direct-message channel; in a server's channel also the author. */
export interface Place {
  channel: string;
  author?: string;
}

/** The address of a place: `12` a direct-message channel, `12:34` the author 34 in a server's channel 12. */
export function writeAddress({ channel, author }: Place): string {
  return author === undefined ? channel : `${channel}:${author}`;
}

/** The place of an address that writeAddress made. */
export function readAddress(address: string): Place {
  const [channel = '', author] = (address.split('@')[0] ?? '').split(':');
  return { channel, author };
}

/** The address `12@56` of a talk that began in a server and went on in the direct-message channel 12 with the message 56. */
export function movedAddress(channel: string, first: string): string {
  return `${channel}@${first}`;
}

import { writeAddress } from './address.ts';
import type { Homes } from './home.ts';
import type { From } from './parse.ts';
import type { Positions } from './positions.ts';

/** Under which addresses something stands that was seen in a channel of Discord's. */
export interface Places {
  /** Where a message is kept: direct messages, and what is personal on a server, at the author's home. `id`: the message's. */
  addressFor(from: From, personal: boolean, id: string): Promise<string>;
  /** Where an author's message may have been kept. */
  addressesOf(from: From): Promise<string[]>;
  /** Where any message of a channel may have been kept, the latest authors first: Discord does not say whose message was deleted. */
  addressesIn(channel: string, server: boolean): Promise<string[]>;
}

/** Places as the homes and the known channels tell them. */
export function createPlaces(homes: Homes, positions: Positions): Places {
  return {
    async addressFor(from, personal, id) {
      if (!from.server) return homes.homeOf(from.place.channel);
      if (!personal) return writeAddress(from.place);
      const channel = await homes.open(from.author);
      await positions.begin(channel, id, { server: false });
      return homes.homeOf(channel);
    },
    async addressesOf({ server, place }) {
      return server ? withMoved(writeAddress(place)) : [...new Set([await homes.homeOf(place.channel), place.channel])];
    },
    async addressesIn(channel, server) {
      if (!server) return [...new Set([await homes.homeOf(channel), channel])];
      const authors = (positions.of(channel)?.authors ?? []).toReversed();
      return (await Promise.all(authors.map((author) => withMoved(writeAddress({ channel, author }))))).flat();
    },
  };

  async function withMoved(address: string): Promise<string[]> {
    const moved = await homes.movedTo(address);
    return moved ? [address, moved] : [address];
  }
}

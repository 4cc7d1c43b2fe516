import { type RESTPostAPICurrentUserCreateDMChannelResult, Routes } from 'discord.js';
import { type Host, RetryLater, Undeliverable } from '../../conversation/channel.ts';
import { movedAddress } from './address.ts';
import type { Positions } from './positions.ts';
import type { Rest } from './rest.ts';

/**
 * Where people are served who began in a server: once a matter is personal, their conversation goes on at an address of its own in direct messages,
 * and what they write there belongs to it. Kept as cursors: `home:<direct-message channel>` and `moved:<server address>`, both the newest such address.
 */
export interface Homes {
  /** The address that messages in a direct-message channel belong to. */
  homeOf(channel: string): Promise<string>;
  /** Where the talk of a server address went on last. */
  movedTo(address: string): Promise<string | undefined>;
  /** The direct-message channel of a person. Throws RetryLater or Undeliverable. */
  open(user: string, attempt?: number): Promise<string>;
  /** The talk at the server address goes on in that channel, where `first` is the message that says so. */
  move(address: string, channel: string, first: string): Promise<void>;
}

/** Asks the host for the state of an address without its messages. */
export const stateOnly = { conversation: Number.MAX_SAFE_INTEGER, seq: 0 };

/** Never a bare string: ids of digits would be read back as numbers, and Discord's are too large for them. */
interface Kept {
  value: string;
}

/** Homes in the host's cursors, the same for all processes. */
export function createHomes({ host, rest, positions }: { host: Host; rest: Rest; positions: Pick<Positions, 'begin'> }): Homes {
  const { cursor } = host;
  const opened = new Map<string, string>();

  const homes: Homes = {
    homeOf: async (channel) => (await cursor.get<Kept>(`home:${channel}`))?.value ?? channel,
    movedTo: async (address) => (await cursor.get<Kept>(`moved:${address}`))?.value,
    async open(user, attempt) {
      const known = opened.get(user);
      if (known) return known;
      const body = { recipient_id: user };
      const { id } = await rest
        .call<RESTPostAPICurrentUserCreateDMChannelResult>('post', Routes.userChannels(), { body, attempt })
        .catch((error: Error) => {
          throw error instanceof RetryLater ? error : new Undeliverable('dm-closed', error.message);
        });
      if (opened.size >= 10_000) opened.clear();
      opened.set(user, id);
      return id;
    },
    async move(address, channel, first) {
      const to = movedAddress(channel, first);
      await positions.begin(channel, first, { server: false });
      // Where the direct messages already are a talk with our people, that talk keeps what is written there.
      const { state } = await host.read(await homes.homeOf(channel), stateOnly);
      if (state.owner === 'bot') await cursor.set(`home:${channel}`, { value: to } satisfies Kept);
      await cursor.set(`moved:${address}`, { value: to } satisfies Kept);
      await host.receive({ event: 'moved', address, to });
    },
  };
  return homes;
}

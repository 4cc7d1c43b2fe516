import { type RESTPostAPIChannelMessageResult, Routes } from 'discord.js';
import { type Channel, Undeliverable } from '../../conversation/channel.ts';
import { readAddress } from './address.ts';
import { format } from './format.ts';
import type { Rest } from './rest.ts';

/** Publishes announcements in a server's channel (its id) or in direct messages. Discord's limit of a channel is its own, so replies elsewhere do not wait for it. */
export function createAnnounce(rest: Rest): NonNullable<Channel['announce']> {
  return async (place, text, { id, attempt, at }) => {
    const { channel, author } = readAddress(place);
    // Meant for one person, in a place where others read along.
    if (author !== undefined) throw new Undeliverable('public');
    let last = '';
    for (const body of format({ type: 'text', text }, { id, at }, { channel }))
      last = (await rest.call<RESTPostAPIChannelMessageResult>('post', Routes.channelMessages(channel), { body, attempt })).id;
    return { externalId: last };
  };
}

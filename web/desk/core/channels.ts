import { signal } from '@preact/signals';
import type { ChannelFacts } from '../../../src/server/desk/composer-protocol.ts';
import { get } from './call.ts';

const channels = signal<ChannelFacts[] | undefined>(undefined);
let asking = false;

/** What a reply on a channel may be; undefined until the server has told. */
export function factsOf(channel: string): ChannelFacts | undefined {
  if (!channels.value && !asking) {
    asking = true;
    get<ChannelFacts[]>('channels')
      .then((facts) => {
        channels.value = facts;
      })
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  }
  return channels.value?.find(({ name }) => name === channel);
}

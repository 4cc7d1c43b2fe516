import type { Host, HostFiles, Reading } from '../conversation/channel.ts';
import { readAddress } from '../conversation/history.ts';
import type { Log } from '../log.ts';
import { channelSecrets } from '../privacy/channel-secret.ts';
import type { Broadcast } from '../store/broadcast.ts';
import type { Db } from '../store/connection.ts';
import { listCursors, readCursor, writeCursor } from '../store/cursor.ts';
import { holdLease } from '../store/lease.ts';
import type { Words } from '../words.ts';
import type { Receive } from './inbox.ts';
import { createSecrets } from './secrets.ts';
import { watchChanges } from './watch.ts';

/** What every host shares. `holder` names this process; `enrich` adds to a reading what lies above this layer (the ticket); `typing`: a contact writes. */
export interface HostParts {
  db: Db;
  receive: Receive;
  words: Words;
  log: Log;
  holder: string;
  files: { of(channel: string): HostFiles };
  links: { of(channel: string): Host['links'] };
  key(use: string): Buffer;
  defaultLanguage(): string;
  broadcast: Broadcast;
  mail: Host['mail'];
  typing(channel: string, address: string): Promise<void>;
  enrich(channel: string, address: string, reading: Reading): Promise<Reading>;
}

/** All that one channel may touch. */
export function createHost(channel: string, parts: HostParts): Host {
  const { db, receive, words, log, holder, key, enrich, defaultLanguage } = parts;
  return {
    async receive(event) {
      if (event.event !== 'typing') return receive(channel, event);
      await parts.typing(channel, event.address);
      return { repeated: false };
    },
    cursor: {
      get: (name) => readCursor(db, channel, name),
      set: (name, value) => writeCursor(db, channel, name, value),
      list: (prefix) => listCursors(db, channel, prefix),
    },
    secrets: createSecrets({ db, key: key(channelSecrets), channel }),
    lease: (name, stop, work) => holdLease(db, { name: `${channel}:${name}`, holder }, stop, work),
    read: async (address, after) => enrich(channel, address, await readAddress(db, channel, address, after, defaultLanguage())),
    broadcast: {
      tell: (value) => parts.broadcast.tell(`channel:${channel}`, value),
      hear: (heard) => parts.broadcast.hear(`channel:${channel}`, heard),
    },
    watch: (stop, changed) => watchChanges({ db, log }, channel, stop, changed),
    files: parts.files.of(channel),
    mail: parts.mail,
    links: parts.links.of(channel),
    words,
    log,
    key: (use) => key(`${channel}:${use}`),
  };
}

import type { Secrets } from '../conversation/channel.ts';
import { openSecret, type SealedSecret, sealSecret, secretName } from '../privacy/channel-secret.ts';
import type { Db } from '../store/connection.ts';
import { readCursor, removeCursor, writeCursor } from '../store/cursor.ts';

/** What a channel keeps sealed among its positions. `key`: of SECRET_KEY, for `channelSecrets`. */
export function createSecrets({ db, key, channel }: { db: Db; key: Buffer; channel: string }): Secrets {
  return {
    async get(name) {
      const kept = await readCursor<SealedSecret>(db, channel, secretName(name));
      return kept && openSecret(key, kept, secretName(name));
    },
    set: (name, text) => writeCursor(db, channel, secretName(name), sealSecret(key, text, secretName(name))),
    remove: async (name) => void (await removeCursor(db, channel, secretName(name))),
  };
}

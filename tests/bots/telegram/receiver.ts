import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { createTelegramChannel } from '../../../src/bots/telegram/index.ts';
import { createHost } from '../../../src/delivery/host.ts';
import { createInbox } from '../../../src/delivery/inbox.ts';
import type { Queues } from '../../../src/delivery/queues.ts';
import { createFiles } from '../../../src/files/files.ts';
import { createLog } from '../../../src/log.ts';
import { deriveKey } from '../../../src/privacy/seal.ts';
import { createVault } from '../../../src/privacy/vault.ts';
import { bytesInFolder } from '../../../src/store/bytes-folder.ts';
import { openStore } from '../../../src/store/connection.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { loadWords } from '../../../src/words.ts';
import { type TelegramDouble, token } from './double.ts';

/** What one process receives: the real channel on the real record, with nobody who answers. Starts in a moment. */
export interface Receiver {
  /** What contacts wrote, in the record's order; of one chat where it is given. */
  texts(chat?: number): Promise<string[]>;
  query<T extends object>(text: string, values?: unknown[]): Promise<T[]>;
  stop(): Promise<void>;
}

const secret = 'a secret key for tests, nothing else at all';

/** `mostStrikes`: as of `poll`. */
export async function startReceiver(telegram: TelegramDouble, databaseUrl: string, limits?: { mostStrikes: number }): Promise<Receiver> {
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const store = openStore(databaseUrl, log, 10);
  await migrate(store);
  const { db, pool } = store;
  const queues = { wake: async () => {} } as unknown as Queues;
  const receive = createInbox({ db, queues, log, vault: createVault(secret), quiet: () => 0 });
  const key = (use: string) => deriveKey(secret, use);
  const host = createHost('telegram', {
    db,
    receive,
    words: loadWords(),
    log,
    holder: randomUUID(),
    key,
    files: createFiles({
      db,
      place: bytesInFolder(path.join(os.tmpdir(), `destek-files-${randomUUID()}`)),
      secret,
      words: loadWords(),
      log,
      rules: () => ({ accept: ['pdf', 'jpg', 'png', 'heic', 'webp', 'txt', 'docx'], maxMb: 25, count: 10 }),
    }),
    links: { of: () => ({ make: async () => [], use: async () => 'expired' }) },
    defaultLanguage: () => 'en',
    enrich: async (_, __, reading) => reading,
    mail: () => undefined,
    broadcast: { tell() {}, hear: () => () => {}, close: async () => {} },
    typing: async () => {},
  });
  const channel = createTelegramChannel({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root, ROLES: ['telegram'] }, limits);
  await channel?.start(host);
  let stopped: Promise<void> | undefined;
  return {
    async texts(chat) {
      const { rows } = await pool.query<{ text: string }>(
        `select m.text from message m join address a on a.id = m.address_id
         where m.author = 'contact' and ($1::text is null or a.value = $1) order by m.conversation_id, m.seq`,
        [chat ?? null],
      );
      return rows.map(({ text }) => text);
    },
    query: async (text, values) => (await pool.query(text, values)).rows,
    stop() {
      stopped ??= Promise.resolve(channel?.stop()).then(() => store.close());
      return stopped;
    },
  };
}

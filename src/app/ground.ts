import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Config } from '../config.ts';
import { createKnown, type KnownSource } from '../dialogue/known.ts';
import { createFiles, type Files } from '../files/files.ts';
import { createKnowledgeSource } from '../kb/watch.ts';
import type { Log } from '../log.ts';
import { readSecretKey } from '../privacy/secret-key.ts';
import { createVault, type Vault } from '../privacy/vault.ts';
import { type Broadcast, openBroadcast } from '../store/broadcast.ts';
import type { BytesPlace } from '../store/bytes.ts';
import { openBytesPlace } from '../store/bytes-place.ts';
import { openStore, type Store } from '../store/connection.ts';
import { makeDataDir } from '../store/data-dir.ts';
import { startEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { loadWords, type Words } from '../words.ts';
import type { Endings } from './endings.ts';

/** What every part stands on. */
export interface Ground {
  config: Config;
  log: Log;
  /** Names this process among all. */
  holder: string;
  /** Whether this process does that work. */
  has(role: Config['ROLES'][number]): boolean;
  store: Store;
  db: Store['db'];
  broadcast: Broadcast;
  secret: string;
  vault: Vault;
  words: Words;
  known: KnownSource;
  place: BytesPlace;
  files: Files;
  /** Where people reach us: known for certain when the server listens. */
  url(): string;
  reachedAt(url: string): void;
}

/** Opens the record, the secrets, the words and the knowledge. */
export async function openGround(config: Config, log: Log, { later }: Endings): Promise<Ground> {
  await makeDataDir(config.DATA_DIR);
  const embedded = config.DATABASE_URL
    ? undefined
    : later('the database', await startEmbedded({ dataDir: config.DATA_DIR, log }), (db) => db.stop());
  const store = later('database connections', openStore(config.DATABASE_URL ?? (embedded?.url as string), log), (open) => open.close());
  await migrate(store);
  const { db } = store;
  const broadcast = later('broadcasts', openBroadcast(store, log), (open) => open.close());
  const secret = await readSecretKey(config.SECRET_KEY, config.DATA_DIR, log, db);
  const words = loadWords();
  const source = later('knowledge', await createKnowledgeSource(config.KNOWLEDGE_DIR, log), (each) => each.stop());
  const known = later('search', await createKnown(source, { cacheDir: path.join(config.DATA_DIR, 'cache'), log }), (each) => each.stop());
  const place = openBytesPlace(config);
  const rules = () => known.current().knowledge.desk.attachments;
  let url = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
  return {
    config,
    log,
    holder: randomUUID(),
    has: (role) => config.ROLES.includes(role),
    store,
    db,
    broadcast,
    secret,
    vault: createVault(secret),
    words,
    known,
    place,
    files: createFiles({ db, place, secret, log, words, clamdUrl: config.CLAMD_URL, rules }),
    url: () => url,
    reachedAt: (reached) => {
      url = reached;
    },
  };
}

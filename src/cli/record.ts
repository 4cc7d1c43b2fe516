import process from 'node:process';
import { type Config, loadEnvFile, readConfig } from '../config.ts';
import { createLog, type Log } from '../log.ts';
import { openStore, type Store } from '../store/connection.ts';
import { makeDataDir } from '../store/data-dir.ts';
import { joinEmbedded } from '../store/embedded-join.ts';
import { migrate } from '../store/migrate.ts';

/** Runs a command on the record: that of a running Destek, or of one that stands still, which is woken for as long. */
export async function withRecord<T>(work: (store: Store, config: Config, log: Log) => Promise<T>): Promise<T> {
  loadEnvFile();
  const config = readConfig();
  const log = createLog(process.env.LOG_LEVEL ? config.LOG_LEVEL : 'error');
  await makeDataDir(config.DATA_DIR);
  const embedded = config.DATABASE_URL ? undefined : await joinEmbedded({ dataDir: config.DATA_DIR, log });
  const store = openStore(config.DATABASE_URL ?? (embedded?.url as string), log, 4);
  try {
    await migrate(store);
    return await work(store, config, log);
  } finally {
    await store.close();
    await embedded?.stop();
  }
}

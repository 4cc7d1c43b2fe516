import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFiles, type FileParts, type Files } from '../../src/files/files.ts';
import { createLog } from '../../src/log.ts';
import type { BytesPlace } from '../../src/store/bytes.ts';
import { bytesInFolder } from '../../src/store/bytes-folder.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { loadWords } from '../../src/words.ts';
import { newRecord } from '../setup/app.ts';

/** Files on a record and in a folder of their own. */
export interface FilesUnderTest {
  /** DATABASE_URL of the record. */
  url: string;
  store: Store;
  folder: string;
  place: BytesPlace;
  secret: string;
  files: Files;
  /** Others over the same record. */
  with(over: Partial<FileParts>): Files;
  end(): Promise<void>;
}

export async function openFiles(): Promise<FilesUnderTest> {
  const log = createLog('silent');
  const url = await newRecord();
  const store = openStore(url, log, 4);
  const folder = path.join(os.tmpdir(), `destek-files-${randomUUID()}`);
  const place = bytesInFolder(folder);
  const secret = 'a secret key for tests, nothing else at all';
  const rules = () => ({ accept: ['pdf', 'jpg', 'png', 'txt'], maxMb: 1, count: 3 });
  const with_ = (over: Partial<FileParts>) => createFiles({ db: store.db, place, secret, log, words: loadWords(), rules, ...over });
  return {
    url,
    store,
    folder,
    place,
    secret,
    files: with_({}),
    with: with_,
    async end() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

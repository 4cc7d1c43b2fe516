import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { isFault } from '../errors.ts';
import { giveUpLost } from '../privacy/lost-key.ts';
import { type Rotated, rotateKey } from '../privacy/rotate.ts';
import { readSecretKey } from '../privacy/secret-key.ts';
import { withRecord } from './record.ts';

/**
 * `destek rotate-key`: everything that SECRET_KEY seals is sealed anew under NEW_SECRET_KEY, or under a key made here where none is set. Where the old
 * one is kept in DATA_DIR the new one takes its place; else the operator sets it. Destek must not run meanwhile. Cut short, it is finished by the next call.
 */
export async function rotateKeyCommand(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { lost: { type: 'boolean' } } });
  if (values.lost) return giveUp();
  const given = process.env.NEW_SECRET_KEY?.trim();
  if (given !== undefined && given.length < 32) {
    console.error('destek rotate-key: NEW_SECRET_KEY must have at least 32 characters; make one with: openssl rand -hex 32');
    return 2;
  }
  return withRecord(async ({ db }, config, log) => {
    const from = await readSecretKey(config.SECRET_KEY, config.DATA_DIR, log);
    if (from === given) {
      console.error('destek rotate-key: NEW_SECRET_KEY is the key that is already in use.');
      return 2;
    }
    const kept = path.join(config.DATA_DIR, 'secret.key');
    // Of a rotation that was cut short: the record may be sealed with it already, so it is the only key that may follow.
    const begun = (await readFile(`${kept}.new`, 'utf8').catch(() => '')).trim();
    const unfinished = begun !== '' && begun !== from;
    if (unfinished && given && given !== begun) {
      console.error(
        `destek rotate-key: ${kept}.new holds the key of a rotation that was cut short, and NEW_SECRET_KEY is another. Run this without NEW_SECRET_KEY to finish that one first.`,
      );
      return 2;
    }
    const to = given || (unfinished ? begun : randomBytes(32).toString('hex'));
    // Written before anything is sealed with it: a key that is lost is worse than one too many.
    await writeFile(`${kept}.new`, `${to}\n`, { mode: 0o600 });
    const rotated = await rotateKey(db, from, to).catch(async (error) => {
      // Refused before anything was sealed: nothing needs this key.
      if (isFault(error) && !unfinished) await rm(`${kept}.new`, { force: true });
      throw error;
    });
    const counts = listed(rotated);
    if (config.SECRET_KEY) {
      console.log(
        `Sealed anew:\n${counts}\nNow set SECRET_KEY to what ${kept}.new holds, in every process, back it up, and delete that file.`,
      );
    } else {
      await rename(`${kept}.new`, kept);
      console.log(`Sealed anew:\n${counts}\nThe new key is in ${kept}: back it up.`);
    }
    console.log('Links in mails, chats and browsers that the old key signed no longer work; people get new ones.');
    return 0;
  });
}

async function giveUp(): Promise<number> {
  return withRecord(async ({ db }, config, log) => {
    const lost = await giveUpLost(db, await readSecretKey(config.SECRET_KEY, config.DATA_DIR, log));
    console.log(`Given up, because the key does not open it:\n${listed(lost)}\nDestek can be started again. Back the key up.`);
    return 0;
  });
}

function listed(counts: Rotated): string {
  return Object.entries(counts)
    .map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
    .join('\n');
}

import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnnouncement, listAnnouncements } from '../../../src/delivery/announcement.ts';
import { createLog } from '../../../src/log.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { newRecord } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble } from './double.ts';

const many = 300;
// Amid a send that was carried out, again and again.
const killsAt = [1, 2, 40, 90, 91, 150, 200, 280];
const news = 'Maintenance tonight at 02:00.';

let telegram: TelegramDouble;
let store: Store;
let url: string;
let lane: ChildProcess;
beforeAll(async () => {
  telegram = await startTelegram();
  url = await newRecord();
  store = openStore(url, createLog('silent'), 4);
});
afterAll(async () => {
  lane.kill('SIGKILL');
  await store.close();
  await telegram.close();
});

function start(): void {
  lane = spawn(process.execPath, [path.join(import.meta.dirname, 'lane-process.ts')], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.root },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

test('killed again and again amid an announcement to 300 contacts: nobody is left out, nobody is told twice but those in flight, and those are marked', async () => {
  const people = Array.from({ length: many }, () => telegram.chats.person());
  const { rows } = await store.pool.query<{ id: string }>(
    `with k as (insert into contact (key, language) select '', 'en' from generate_series(1, $1) returning id),
       numbered as (select id, row_number() over (order by id) as n from k)
     insert into address (contact_id, channel, value) select id, 'telegram', ($2::text[])[n] from numbered returning contact_id as id`,
    [many, people.map(({ user }) => String(user.id))],
  );
  const { id } = await createAnnouncement(
    store.db,
    { texts: { en: news }, targets: rows.map((row) => ({ contact: Number(row.id) })), banner: false },
    { channels: ['telegram'], defaultLanguage: 'en' },
  );
  let sends = 0;
  let kills = 0;
  telegram.refuse((method) => {
    if (method !== 'sendMessage' || !killsAt.includes(++sends)) return undefined;
    // Telegram carries it out; who asked is not there any more to hear of it.
    lane.kill('SIGKILL');
    kills++;
    lane.once('exit', start);
    return 'lost';
  });
  const began = Date.now();
  start();
  await until(async () => (await listAnnouncements(store.db, { id }))[0]?.state === 'done', 120_000);
  const [told] = await listAnnouncements(store.db, { id });
  const states = Object.groupBy(told?.places ?? [], ({ state }) => state);
  const twice = people.filter((person) => person.texts().length > 1);
  console.log(
    `${many} contacts, ${kills} kills: ${Math.round((Date.now() - began) / 1000)} s, ${twice.length} told more than once, ${states.uncertain?.length ?? 0} marked uncertain, ${states.sent?.length ?? 0} sent`,
  );
  expect(kills).toBe(killsAt.length);
  expect(people.every((person) => person.texts().length >= 1)).toBe(true);
  // Each kill repeats one send, perhaps the one that the kill before had repeated.
  expect(people.reduce((sum, person) => sum + person.texts().length, 0)).toBe(many + kills);
  expect(states.uncertain?.map(({ place }) => place).toSorted()).toEqual(twice.map(({ user }) => String(user.id)).toSorted());
  expect(states.sent).toHaveLength(many - twice.length);
});

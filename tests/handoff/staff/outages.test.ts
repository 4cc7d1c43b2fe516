import { afterEach, beforeEach, expect, test } from 'vitest';
import { Undeliverable } from '../../../src/conversation/channel.ts';
import type { SourceState } from '../../../src/conversation/source.ts';
import { readTroubles } from '../../../src/delivery/troubles.ts';
import { onCallState } from '../../../src/handoff/staff/on-call.ts';
import { createOutageLook } from '../../../src/handoff/staff/outages.ts';
import { createLog } from '../../../src/log.ts';
import { writeCursor } from '../../../src/store/cursor.ts';
import { until } from '../../setup/until.ts';
import { type House, openHouse } from '../house.ts';

const box = { name: 'box@demobet.example', silentMs: 300_000 };
const onCall = {
  first: [
    { channel: 'letters', to: 'first@demobet.example' },
    { channel: 'somewhere', to: 'first' },
  ],
  second: [{ channel: 'somewhere', to: 'second' }],
  after: '5m',
};
let house: House;
let look: () => Promise<void>;
let sources: { name: string; silentMs: number }[];
beforeEach(async () => {
  house = await openHouse([], { onCall, defaultLanguage: 'en' });
  house.work();
  sources = [box];
  look = lookOf(house);
});
afterEach(() => house.close());

const minutes = (n: number) => Date.now() - n * 60_000;
const lookOf = ({ db, queues, knowledge }: House) =>
  createOutageLook({ db, queues, log: createLog('silent'), channels: [letters], onCall: () => knowledge.desk.onCall }, minutes(60));
const letters = {
  name: 'letters',
  get sources() {
    return sources;
  },
};
const state = (given: SourceState, name = box.name) => writeCursor(house.db, 'letters', `source:${name}`, given);
const told = () => house.told.map(({ channel, recipient, text }) => `${channel} ${recipient} ${text.split(' ')[0]}`).toSorted();

test('who is on call is told over another channel, in words, once for an outage however often it is looked at; and again when it works', async () => {
  await state({ at: minutes(7), fault: { code: 'refused', since: minutes(6) } });
  await Promise.all([look(), lookOf(house)()]);
  await look();
  await until(() => house.told.length === 2);
  expect(told()).toEqual(['somewhere first 🔴', 'somewhere second 🔴']);
  expect(house.told[0]?.subject).toContain(`(${box.name})`);
  expect(house.told[0]?.text).toMatch(/does not let us in[\s\S]*destek doctor[\s\S]*https:\/\/desk\.demobet\.example\/desk#\/board/);
  expect(await readTroubles(house.db)).toMatchObject([{ channel: 'letters', name: box.name, code: 'refused' }]);

  await state({ at: minutes(0) });
  await look();
  await until(() => house.told.length === 4);
  expect(house.told.slice(2).map(({ recipient, text }) => [recipient, text.includes('works again')])).toEqual(
    expect.arrayContaining([
      ['first', true],
      ['second', true],
    ]),
  );
  expect(await readTroubles(house.db)).toEqual([]);
  await look();
  // The next outage is told of anew.
  await state({ at: minutes(0), fault: { code: 'refused', since: minutes(2) } });
  await look();
  await until(() => house.told.length === 6);
});

test('another process that begins to look neither ends an outage nor tells it again', async () => {
  await state({ at: minutes(7), fault: { code: 'away', since: minutes(6) } });
  await look();
  await until(() => house.told.length === 2);
  const fresh = createOutageLook({
    db: house.db,
    queues: house.queues,
    log: createLog('silent'),
    channels: [letters],
    onCall: () => onCall,
  });
  await fresh();
  expect(await readTroubles(house.db)).toHaveLength(1);
  expect(house.told).toHaveLength(2);
});

test('where nobody can be reached otherwise they are told by the channel that is out', async () => {
  house.knowledge.desk.onCall = { ...onCall, first: onCall.first.slice(0, 1), second: [] };
  await state({ at: minutes(6) });
  await look();
  await until(() => house.told.length === 1);
  expect(told()).toEqual(['letters first@demobet.example 🔴']);
});

test('what works again before anybody could be told is told to nobody', async () => {
  const failing = async () => {
    throw new Error('away');
  };
  house.onPost(failing);
  await state({ at: minutes(6) });
  await look();
  await until(async () => (await house.query<{ n: number }>('select min(attempts)::int as n from staff_notice'))[0]?.n);
  await state({ at: minutes(0) });
  await look();
  house.onPost(async () => {});
  await until(async () =>
    (await house.query<{ state: string }>("select state from staff_notice where kind = 'outage'")).every((row) => row.state === 'dropped'),
  );
  expect(house.told.filter(({ text }) => text.includes('🔴'))).toEqual([]);
});

test('a mailbox that was taken out of the settings is no outage, and leaves nothing behind', async () => {
  await state({ at: minutes(6), endsAt: Date.now() + 86_400_000 });
  await look();
  await until(() => house.told.length === 2);
  sources = [];
  await look();
  expect(await readTroubles(house.db)).toEqual([]);
  expect(await house.query("select 1 from cursor where name like 'source:%'")).toEqual([]);
  expect(house.told).toHaveLength(2);
});

test('a consent is told from 14 days on, with the days that are left', async () => {
  const days = (n: number) => Date.now() + n * 86_400_000 + 60_000;
  await state({ at: minutes(0), endsAt: days(15) });
  expect(await readTroubles(house.db)).toEqual([]);
  await state({ at: minutes(0), endsAt: days(14) });
  await state({ at: minutes(0), endsAt: minutes(5) }, 'other@demobet.example');
  expect(await readTroubles(house.db)).toEqual([
    { channel: 'letters', name: 'other@demobet.example', code: 'ends', days: 0 },
    { channel: 'letters', name: box.name, code: 'ends', days: 14 },
  ]);
});

test('that nobody could be told of an outage shows at the desk', async () => {
  house.onPost(async () => {
    throw new Undeliverable('blocked');
  });
  await state({ at: minutes(6) });
  await look();
  await until(async () => (await onCallState(house.db, onCall)) === 'failing');
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Capabilities, type Channel, plainCapabilities, RetryLater, Undeliverable } from '../../src/conversation/channel.ts';
import { createAnnouncement, listAnnouncements } from '../../src/delivery/announcement.ts';
import { createAnnouncementLane, laneMs } from '../../src/delivery/announcement-lane.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { newRecord } from '../setup/app.ts';

let store: Store;
let sent: { place: string; text: string; id: string }[];
let fails: ((place: string) => Error | undefined) | undefined;
const log = createLog('silent');
beforeAll(async () => {
  store = openStore(await newRecord(), log, 4);
});
beforeEach(async () => {
  sent = [];
  fails = undefined;
  await store.pool.query('delete from announcement');
});
afterAll(() => store.close());

function channel(capabilities: Partial<Capabilities> = {}): Channel {
  return {
    name: 'double',
    label: 'Double',
    capabilities: { ...plainCapabilities, maxLength: 40, ...capabilities },
    start: async () => {},
    stop: async () => {},
    send: async () => ({}),
    async announce(place, text, { id }) {
      const error = fails?.(place);
      if (error) throw error;
      sent.push({ place, text, id });
      return { externalId: `out-${sent.length}` };
    },
  };
}
const lane = (capabilities?: Partial<Capabilities>) => createAnnouncementLane({ db: store.db, channels: [channel(capabilities)], log });
const announce = (places: string[], text = 'Good news.', name = 'double') =>
  createAnnouncement(
    store.db,
    { texts: { en: text }, targets: places.map((place) => ({ channel: name, place })), banner: false },
    { channels: [name], defaultLanguage: 'en' },
  );
const rows = async () => (await listAnnouncements(store.db))[0];
const states = async () => (await rows())?.places.map(({ state }) => state);
/** As a process leaves it that was killed while it sent. */
const interrupted = (more = '') =>
  store.pool.query(
    `update announcement_delivery set state = 'sending', attempts = 1, lease_until = clock_timestamp() - interval '1 second'${more}`,
  );

describe('the lane', () => {
  test('takes one place a step, in order, and is done after the last; it makes one step a second', async () => {
    expect(laneMs).toBe(1_000);
    await announce(['a', 'b']);
    const step = lane();
    await step();
    expect([sent.map(({ place }) => place), await states(), (await rows())?.state]).toEqual([['a'], ['sent', 'pending'], 'scheduled']);
    await step();
    expect([sent.map(({ place }) => place), await states(), (await rows())?.state]).toEqual([['a', 'b'], ['sent', 'sent'], 'done']);
  });

  test('a place with a sender that lives is nobody else’s, and two steps at once send once', async () => {
    await announce(['a']);
    await Promise.all([lane()(), lane()()]);
    expect(sent).toHaveLength(1);
  });

  test('a send that was interrupted is made again with the same id: uncertain where the channel shows it twice, sent where it knows the repeat', async () => {
    await announce(['a']);
    await interrupted();
    await lane()();
    expect([sent.length, await states()]).toEqual([1, ['uncertain']]);
    await store.pool.query('delete from announcement');
    await announce(['b']);
    await interrupted();
    await lane({ idempotent: 'window' })();
    expect(await states()).toEqual(['sent']);
  });

  test('parts that had gone out are not sent again', async () => {
    await announce(['a'], 'The first half of the news is here. The second half of the news is here.');
    await interrupted(`, external_ids = '["out-1"]'`);
    await lane()();
    expect(sent.map(({ text, id }) => [text, id.split('.')[1]])).toEqual([['The second half of the news is here.', '1']]);
  });

  test('a send that nobody answered is made again and marked; one that was refused for now is simply made later', async () => {
    await announce(['a']);
    fails = () => new RetryLater(0, 'no answer', true);
    await lane()();
    expect(await states()).toEqual(['pending']);
    fails = () => new RetryLater(0, 'replies go first');
    await lane()();
    fails = undefined;
    await lane()();
    expect([sent.length, await states()]).toEqual([1, ['uncertain']]);
  });

  test('what can never arrive fails with its reason, and the lane goes on', async () => {
    await announce(['gone', 'b']);
    fails = (place) => (place === 'gone' ? new Undeliverable('gone') : undefined);
    const step = lane();
    await step();
    await step();
    expect((await rows())?.places).toMatchObject([{ state: 'failed', failure: 'gone' }, { state: 'sent' }]);
  });

  test('a channel that is off by now fails, with that reason', async () => {
    await announce(['a'], 'Good news.', 'elsewhere');
    await lane()();
    expect((await rows())?.places).toMatchObject([{ state: 'failed', failure: 'channel-off' }]);
  });
});

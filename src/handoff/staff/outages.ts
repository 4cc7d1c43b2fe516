import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Channel } from '../../conversation/channel.ts';
import { type Source, type SourceState, sourceCursor } from '../../conversation/source.ts';
import { beginOutage, endOutage, judge, type Outage, type Wrong, worksAgain } from '../../delivery/outage.ts';
import type { Queues } from '../../delivery/queues.ts';
import type { Desk } from '../../kb/topic.ts';
import type { Log } from '../../log.ts';
import { metrics } from '../../metrics.ts';
import type { Db } from '../../store/connection.ts';
import { listCursors, removeCursor } from '../../store/cursor.ts';
import { outage, staffNotice } from '../../store/schema.ts';
import { noticesOfEnd, noticesOfOutage } from './outage-notice.ts';
import { keepOutageNotices } from './staff-notice.ts';
import { wakeNotices } from './staff-post.ts';

interface Parts {
  db: Db;
  queues: Queues;
  log: Log;
  /** Those that the settings turn on. */
  channels: Pick<Channel, 'name' | 'sources'>[];
  onCall(): Desk['onCall'];
}

/**
 * Makes the look at what channels read from and send by: what is of no use for too long becomes an outage that those on call are told of once, and
 * once more when it works. The record has one outage a source, so it is told once whichever process looks.
 */
export function createOutageLook({ db, queues, log, channels, onCall }: Parts, watchedSince = Date.now()): () => Promise<void> {
  return async () => {
    const open = await db.select().from(outage).where(isNull(outage.endedAt));
    for (const { name: channel, sources = [] } of channels) {
      const states = await listCursors<SourceState>(db, channel, sourceCursor(''));
      for (const source of sources)
        await look({ channel, source, state: states.get(source.name) ?? {}, now: open.find(isOf(channel, source.name)) });
      // A mailbox that was taken out of the settings is not missed.
      for (const gone of [...states.keys()].filter((name) => !sources.some((source) => source.name === name)))
        await removeCursor(db, channel, sourceCursor(gone));
    }
    const expected = ({ channel, source }: Outage) =>
      channels.some(({ name, sources }) => name === channel && sources?.some((each) => each.name === source));
    for (const each of open.filter((row) => !expected(row))) await endOutage(db, each.id);
  };

  async function look({
    channel,
    source,
    state,
    now,
  }: {
    channel: string;
    source: Source;
    state: SourceState;
    now?: Outage;
  }): Promise<void> {
    const wrong = judge(state, source, Date.now(), watchedSince);
    metrics.sourceOut.set({ channel, source: source.name }, wrong ? 1 : 0);
    if (now && worksAgain(state, now)) return end(now);
    if (wrong && !now) return begin(channel, source.name, wrong);
    if (wrong && now && wrong.code !== now.code) await db.update(outage).set({ code: wrong.code }).where(eq(outage.id, now.id));
  }

  async function begin(channel: string, source: string, wrong: Wrong): Promise<void> {
    const begun = await db.transaction(async (tx) => {
      const row = await beginOutage(tx, channel, source, wrong);
      if (row) await keepOutageNotices(tx, row.id, noticesOfOutage(row, onCall()));
      return row;
    });
    if (!begun) return;
    log.error(
      { channel, source, code: wrong.code, since: wrong.since, remedy: 'destek doctor tries it and says what to do.' },
      'a channel is out',
    );
    await wakeNotices(db, queues, { outageId: begun.id });
  }

  async function end({ id, channel, source, since }: Outage): Promise<void> {
    const ended = await db.transaction(async (tx) => {
      if (!(await endOutage(tx, id))) return false;
      const told = await tx
        .select({ channel: staffNotice.channel, to: staffNotice.recipient })
        .from(staffNotice)
        .where(and(eq(staffNotice.outageId, id), inArray(staffNotice.state, ['sending', 'sent', 'uncertain'])));
      await keepOutageNotices(tx, id, noticesOfEnd(told));
      return true;
    });
    if (!ended) return;
    log.info({ channel, source, since }, 'a channel works again');
    await wakeNotices(db, queues, { outageId: id });
  }
}

function isOf(channel: string, source: string): (row: Outage) => boolean {
  return (row) => row.channel === channel && row.source === source;
}

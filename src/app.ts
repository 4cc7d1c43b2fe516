import { choresOf } from './app/chores.ts';
import { createEndings } from './app/endings.ts';
import { openGround } from './app/ground.ts';
import { openPeople } from './app/people.ts';
import { openPipes } from './app/pipes.ts';
import { channels as makers } from './bots/index.ts';
import type { Config } from './config.ts';
import { startAnnouncements } from './delivery/announcements.ts';
import { createApart } from './delivery/apart.ts';
import { runClock } from './delivery/clock.ts';
import { showLife } from './delivery/deaths.ts';
import { createTurns, turnsAtOnce } from './delivery/turns.ts';
import { runWebhooks } from './delivery/webhooks/run.ts';
import { createWebhooks } from './delivery/webhooks/webhooks.ts';
import { createDialogue } from './dialogue/turn.ts';
import { createPreviews } from './files/preview.ts';
import { needsSupervisor } from './handoff/agents/agent.ts';
import { invite } from './handoff/agents/invitation.ts';
import { createNoticesFor } from './handoff/notice.ts';
import type { Log } from './log.ts';
import { createServer } from './server/server.ts';

/** A running Destek. */
export interface App {
  /** Where people reach it; undefined without the role http. */
  url?: string;
  channels: { label: string; setting: string; on: boolean }[];
  /** A link that signs the first supervisor in, only while there is none. */
  firstRunLink?: string;
  /** Stops in order, telling `waiting` what it waits for. */
  stop(waiting?: (what: string) => void): Promise<void>;
}

/** Puts the parts together and starts those that this process's ROLES name. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const endings = createEndings(log);
  const { later, stop } = endings;
  try {
    const ground = await openGround(config, log, endings);
    const { db, words, known, files, secret, holder, has } = ground;
    later('the sign of life', showLife(db, holder, log), (end) => end());
    const pipes = await openPipes(ground, endings);
    const { queues, channels, lookHere } = pipes;
    const people = openPeople(ground, pipes);

    if (has('turns')) {
      const onTurn = createDialogue({ ...pipes, db, line: people.line, words, known: known.current, notices: createNoticesFor(db, log) });
      const look = createTurns({ ...pipes, db, log, onTurn, apart: createApart({ db, holder, log }) });
      queues.work('turns', look, turnsAtOnce);
      lookHere.by(look);
    }
    const allowPrivate = config.WEBHOOK_PRIVATE;
    const webhooks = createWebhooks({ db, secret, allowPrivate });
    if (has('deliveries')) {
      later('announcements', startAnnouncements({ db, holder, channels, log }), (each) => each.stop());
      later('webhooks', runWebhooks({ db, webhooks, allowPrivate, log, holder }), (end) => end());
    }
    if (has('clock')) {
      const stopClock = new AbortController();
      const running = runClock(db, holder, choresOf(ground, pipes, people), stopClock.signal, log);
      later('the clock', stopClock, async (each) => {
        each.abort();
        await running;
      });
    }
    if (has('http')) {
      const preview = createPreviews({ db, place: ground.place, secret, log });
      const parts = { ...ground, ...pipes, ...people, known: known.current, uploads: files.limits, webhooks, preview };
      ground.reachedAt(later('open connections', await createServer(parts), (open) => open.close()).url);
    }
    const welcomes = has('http') && (await needsSupervisor(db));
    return {
      url: has('http') ? ground.url() : undefined,
      firstRunLink: welcomes ? `${ground.url()}/desk/welcome#token=${await invite(db, undefined, 1)}` : undefined,
      stop,
      channels: makers.map(({ name, label, setting }) => ({ label, setting, on: channels.some((channel) => channel.name === name) })),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

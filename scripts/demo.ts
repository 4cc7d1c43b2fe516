// `npm run demo`: the whole desk at work without any account. Telegram, Discord and their people are simulated, everything else is the real program
// with a database of its own in a temporary folder, which is gone after Ctrl-C.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, startApp } from '../src/app.ts';
import { loadEnvFile, readConfig } from '../src/config.ts';
import { isFault } from '../src/errors.ts';
import { createLog } from '../src/log.ts';
import { startDiscord } from '../tests/bots/discord/double.ts';
import { startTelegram, token } from '../tests/bots/telegram/double.ts';
import { work } from './demo/agent.ts';
import { type AtDesk, accept } from './demo/desk.ts';
import { startMail } from './demo/mail.ts';
import { rush } from './demo/rush.ts';
import { readScript } from './demo/script.ts';

const password = 'rush-hour-2026';
const supervisor = { name: 'Suna Demir', email: 'suna@demobet.example' };
const agents = [
  { name: 'Ayla Kaya', email: 'ayla@demobet.example', languages: ['tr', 'en'] },
  { name: 'Elvin Məmmədov', email: 'elvin@demobet.example', languages: ['az', 'en', 'tr'] },
];
const tellEveryMs = 15_000;
/** When the supervisor acts: by then there is something to see. */
const supervisorMs = 40_000;

const stop = new AbortController();
const undo: (() => unknown)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130);
    console.log('\nStopping the demo; its data goes with it (once more to stop at once).');
    stop.abort();
  });

try {
  await run();
} catch (error) {
  console.error(isFault(error) ? `demo: ${error.message}` : error);
  process.exitCode = 1;
} finally {
  stop.abort();
  for (const end of undo.reverse()) await Promise.resolve(end()).catch((error: Error) => console.error(error.message));
}
process.exit();

async function run(): Promise<void> {
  console.log('Starting a Destek of its own, with simulated contacts …');
  const script = readScript();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-demo-'));
  // The database may have an account of its own, which must get through to its data.
  await chmod(dataDir, 0o711);
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const telegram = await startTelegram();
  undo.push(telegram.close);
  const discord = await startDiscord();
  undo.push(discord.close);
  const mail = await startMail();
  if (mail) undo.push(mail.end);
  // Where it listens; nothing else of these settings is the demo's.
  loadEnvFile();
  const config = readConfig({
    PORT: process.env.PORT,
    HOST: process.env.HOST,
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: telegram.root,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_ROOT: discord.root,
    ...mail?.settings,
  });
  const app = await startApp(config, createLog(config.LOG_LEVEL));
  undo.push(() => app.stop((what) => console.log(`  waiting for ${what}`)));
  const { suna, staff, url } = await staffTheDesk(app);
  tellWhatToSee(url, mail !== undefined);

  const done = { answered: 0, resolved: 0 };
  for (const agent of staff) void work(agent, script.replies, stop.signal, (what) => done[what]++);
  void supervise(suna, script, telegram.chats).catch((error: Error) => stop.signal.aborted || console.error(error.message));
  void rush(script.people, { url, telegram, discord, mail, stop: stop.signal });
  for (let told = ''; !stop.signal.aborted; ) {
    await pause(tellEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
    const now = stop.signal.aborted ? undefined : await howItGoes(suna, done);
    // After the rush hour there is nothing new to tell, until whoever looks at it does something.
    if (now && now !== told) console.log(now);
    told = now ?? told;
  }
}

async function staffTheDesk({ url = '', firstRunLink = '' }: App): Promise<{ url: string; suna: AtDesk; staff: AtDesk[] }> {
  const suna = await accept(url, firstRunLink, { password, ...supervisor });
  const staff: AtDesk[] = [];
  for (const wish of agents) {
    const { link } = await suna.call<{ link: string }>('POST', 'agents', {
      ...wish,
      role: 'agent',
      departments: suna.me.allDepartments.map(({ id }) => id),
    });
    const agent = await accept(url, link, { password });
    await agent.comeOnline(stop.signal);
    staff.push(agent);
  }
  return { url, suna, staff };
}

/** A service notice and an announcement, as a supervisor would make them in a rush. */
async function supervise(suna: AtDesk, script: ReturnType<typeof readScript>, chats: { addChat(chat: never): unknown }): Promise<void> {
  chats.addChat({ id: -1_000_000_001, type: 'channel', title: 'Demobet', username: 'demobet_news' } as never);
  await pause(supervisorMs, undefined, { signal: stop.signal });
  await suna.call('POST', 'notices', { topics: script.notice.topics, texts: script.notice.texts });
  await suna.call('POST', 'announcements', {
    texts: script.announcement,
    places: [{ channel: 'telegram', place: '@demobet_news', languages: ['tr', 'en', 'az'] }],
    banner: true,
  });
}

function tellWhatToSee(url: string, withMail: boolean): void {
  console.log(`
Destek is at work. The rush hour takes about two minutes.

  The desk     ${url}/desk
               sign in as ${supervisor.email} with the password ${password}
  The chat     ${url}/   (write as a visitor, answer yourself at the desk)

What to look at:
  1. Waiting: tickets come in from Telegram, Discord${withMail ? ', e-mail' : ''} and the web, the most urgent first. Take one and answer it.
  2. All: two agents (Ayla, Elvin) take tickets, answer in Turkish, English and Azerbaijani, and resolve them.
  3. A ticket: what the bot said and why, what was masked (Burak’s card), how each reply was delivered.
  4. Supervise: the board, an announcement and a service notice that appear after ${supervisorMs / 1000} seconds; from then on
     the bot says the notice before its answers on withdrawals. Ask the chat: how long does a withdrawal take?
${withMail ? '' : '\nE-mail is left out: Dovecot is not installed (apt-get install dovecot-imapd).\n'}
Ctrl-C ends it and throws its data away.
`);
}

async function howItGoes(suna: AtDesk, done: { answered: number; resolved: number }): Promise<string | undefined> {
  const list = await suna.call<{ counts: { waiting: number } }>('GET', 'tickets?list=waiting').catch(() => undefined);
  return list && `  ${list.counts.waiting} wait · agents answered ${done.answered} times and resolved ${done.resolved}`;
}

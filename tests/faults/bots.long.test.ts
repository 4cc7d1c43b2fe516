import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startDiscord } from '../bots/discord/double.ts';
import { startTelegram, token } from '../bots/telegram/double.ts';
import { until } from '../setup/until.ts';
import { openStage, type Stage } from './stage.ts';
import { points } from './wire.ts';

// Everything owed moves again within this after the start that follows the kill.
const promise = 15_000;
const perChannel = 25;
const question = 'how long does a withdrawal take?';

/** Somebody who asks, waits for the answer and asks again. */
interface Asking {
  channel: 'telegram' | 'discord';
  asked: number;
  answers(): number;
  ask(): void;
}

let telegram: Awaited<ReturnType<typeof startTelegram>>;
let discord: Awaited<ReturnType<typeof startDiscord>>;
let stage: Stage;
let people: Asking[];
let kills = 0;
let going = true;
let crowd: Promise<unknown>;

beforeAll(async () => {
  [telegram, discord] = [await startTelegram(), await startDiscord()];
  stage = await openStage({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: telegram.root,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_ROOT: discord.root,
  });
  // One process does everything, so that it is the one that is held at every point.
  await stage.two.kill();
  people = Array.from({ length: perChannel }).flatMap(() => [onTelegram(), onDiscord()]);
  crowd = Promise.all(people.map(keepAsking));
  await until(() => people.every(({ answers }) => answers() > 0), 60_000);
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(stage.one.log());
});
afterAll(async () => {
  going = false;
  await stage.end();
  await telegram.close();
  await discord.close();
});

function onTelegram(): Asking {
  const person = telegram.chats.person();
  const answers = () => person.texts().filter((text) => /24 hours/.test(text)).length;
  return { channel: 'telegram', asked: 0, answers, ask: () => void person.write(question) };
}

function onDiscord(): Asking {
  const person = discord.person();
  const answers = () => discord.said(person.direct).filter(({ content }) => /24 hours/.test(content)).length;
  return { channel: 'discord', asked: 0, answers, ask: () => void discord.write(person, question) };
}

async function keepAsking(person: Asking): Promise<void> {
  while (going) {
    person.asked++;
    const before = person.answers();
    person.ask();
    await until(() => !going || person.answers() > before, 90_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000 * (0.5 + Math.random())));
  }
}

test.each(Object.entries(points))('killed %s under load: everything owed moves again', async (name, point) => {
  await stage.wire.hold(point);
  await stage.one.kill();
  kills++;
  await stage.one.start();
  console.log(`killed ${name}: all that was owed moved within ${((await stage.moved(promise)) / 1000).toFixed(1)} s of the start`);
});

test('nothing is lost; a kill repeats at most the one send in flight on Telegram, marked uncertain, and none on Discord', async () => {
  going = false;
  await crowd;
  await stage.moved(promise);
  const repeated = (channel: string) =>
    people.filter((each) => each.channel === channel).reduce((sum, { asked, answers }) => sum + answers() - asked, 0);
  expect(people.every(({ asked, answers }) => answers() >= asked)).toBe(true);
  expect(repeated('discord')).toBe(0);
  const uncertain = await stage.query<{ channel: string }>(
    "select a.channel from message m join address a on a.id = m.address_id where m.delivery = 'uncertain'",
  );
  expect(uncertain.every(({ channel }) => channel === 'telegram')).toBe(true);
  // Sends to several chats are under way at once; each that was is marked, and no other is repeated.
  expect(repeated('telegram')).toBeLessThanOrEqual(uncertain.length);
  console.log(`${kills} kills: ${repeated('telegram')} repeated on Telegram, ${uncertain.length} marked uncertain, none on Discord`);
  expect(await stage.query("select id from message where delivery in ('failed', 'pending', 'sending')")).toEqual([]);
  expect(await stage.broken()).toEqual([]);
});

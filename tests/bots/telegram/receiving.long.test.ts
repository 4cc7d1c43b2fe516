import { expect, test } from 'vitest';
import { newDatabase } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { startTelegram } from './double.ts';
import { startReceiver } from './receiver.ts';

test('a thousand chats at once, each with three lines: all kept once, in order', async () => {
  const telegram = await startTelegram();
  const receiver = await startReceiver(telegram, await newDatabase());
  const people = Array.from({ length: 1_000 }, () => telegram.chats.person());
  const lines = ['one', 'two', 'three'];
  const begins = Date.now();
  for (const line of lines) for (const { write } of people) write(line);
  await until(() => telegram.pending().length === 0, 200_000);
  console.log(`3000 updates stored and confirmed in ${Date.now() - begins} ms`);
  expect(await receiver.texts()).toHaveLength(3_000);
  for (const { user } of people) expect(await receiver.texts(user.id)).toEqual(lines);
  await receiver.stop();
  await telegram.close();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Update } from '../../../src/bots/web/protocol.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { act } from '../../setup/tickets.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
let ayla: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  ayla = await signIn(app);
});
afterAll(() => app.end());

test('from every place that a tab had come to it is told what follows, all of it and nothing twice, and the whole state', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  const places = [{ cursor: '', known: 0 }];
  visitor.socket.on('update', ({ cursor }: Update) => void places.push({ cursor, known: visitor.messages.length }));
  await visitor.send('how long does a withdrawal take?');
  await visitor.said(0);
  await visitor.send('I forgot my password');
  await visitor.said(1);
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  await until(() => visitor.messages.at(-1)?.text.includes(number));
  const [tab, all] = [visitor.token(), visitor.messages.map(({ id }) => id)];
  expect(places.length).toBeGreaterThan(4);
  for (const { cursor, known } of places) {
    const asked: Update = await visitor.socket.emitWithAck('resume', cursor || null);
    const again = await visit(app.url, { visitor: tab, after: cursor || undefined });
    await until(() => again.messages.length === all.length - known);
    for (const told of [asked.messages, again.messages]) expect(told.map(({ id }) => id)).toEqual(all.slice(known));
    for (const state of [asked.state, again.state()]) expect(state).toMatchObject({ owner: 'queue', ticket: { number } });
    again.close();
  }
  visitor.close();
});

test('a tab that is ahead of the record, as after a backup was restored, is told all and goes on hearing', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  let cursor = '';
  visitor.socket.on('update', (update: Update) => {
    cursor = update.cursor;
  });
  await visitor.send('how long does a withdrawal take?');
  await visitor.said(0);
  const [tab, all] = [visitor.token(), visitor.messages.map(({ id }) => id)];
  for (const ahead of ['999999999999999:1', cursor.replace(/:.*/, ':99999')]) {
    const again = await visit(app.url, { visitor: tab, after: ahead });
    await until(() => again.messages.length >= all.length);
    expect(again.messages.map(({ id }) => id)).toEqual(all);
    await again.send(`and now? ${ahead}`);
    await until(() => again.messages.length >= all.length + 2);
    all.splice(0, all.length, ...again.messages.map(({ id }) => id));
    again.close();
  }
  visitor.close();
});

test('a tab that missed no message but a change of hands is told of that', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  let cursor = '';
  visitor.socket.on('update', (update: Update) => {
    cursor = update.cursor;
  });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  await until(() => visitor.messages.at(-1)?.text.includes(number));
  const [tab, id] = [visitor.token(), await until(async () => (await ayla.list()).tickets.find((each) => each.number === number)?.id)];
  visitor.close();
  await act(ayla, id, 'claim');
  const again = await visit(app.url, { visitor: tab, after: cursor });
  expect(again.state()).toMatchObject({ owner: 'agent', agent: ayla.me.name });
  expect(again.messages).toEqual([]);
  again.close();
});

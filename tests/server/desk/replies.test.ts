import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange } from '../../../src/delivery/changes.ts';
import { createLog } from '../../../src/log.ts';
import { createVault } from '../../../src/privacy/vault.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { startTestApp, type TestApp, testSecret } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { act, waitingTicket } from '../../setup/tickets.ts';
import { until } from '../../setup/until.ts';

let app: TestApp;
let store: Store;
let ayla: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  store = openStore(app.databaseUrl, createLog('silent'), 2);
  ayla = await signIn(app);
});
afterAll(async () => {
  await store.close();
  await app.end();
});

test('a reply to words that the contact has changed or taken back since is refused, and the change is shown', async () => {
  const { visitor, id } = await waitingTicket(app, ayla);
  await act(ayla, id, 'claim');
  const said = randomUUID();
  await visitor.send('please close my account', { id: said });
  const seen = await until(async () => {
    const view = await ayla.open(id);
    return view.messages.some(({ text }) => text === 'please close my account') ? view : undefined;
  });
  const [place] = await app.query<{ value: string }>('select value from address limit 1');
  const change = (event: 'edited' | 'deleted', text = '') =>
    applyChange({ db: store.db, vault: createVault(testSecret) }, 'web', {
      event,
      address: place?.value ?? '',
      id: said,
      text,
    } as Parameters<typeof applyChange>[2]);
  const reply = (seenSeq: number) => act(ayla, id, 'reply', { id: randomUUID(), text: 'It is closed.', seenSeq });

  await change('edited', 'please do NOT close my account');
  expect((await reply(seen.heardSeq)).body.code).toBe('conversation.stale');
  const edited = await ayla.open(id);
  expect(edited.messages.find(({ text }) => text === 'please do NOT close my account')?.editedAt).toBeTruthy();
  await change('deleted');
  expect((await reply(edited.heardSeq)).body.code).toBe('conversation.stale');
  const deleted = await ayla.open(id);
  expect(deleted.messages.some(({ deletedAt }) => deletedAt)).toBe(true);
  expect((await reply(deleted.heardSeq)).status).toBe(200);
  visitor.close();
});

test('a reply that could not be delivered goes out again at a word of the agent', async () => {
  const { visitor, id } = await waitingTicket(app, ayla);
  await act(ayla, id, 'claim');
  const { heardSeq } = await ayla.open(id);
  await act(ayla, id, 'reply', { id: randomUUID(), text: 'Can you hear me?', seenSeq: heardSeq });
  await until(() => visitor.messages.some(({ text }) => /hear me/.test(text)));
  const sent = (await ayla.open(id)).messages.find(({ author }) => author === 'agent');
  await until(async () => (await ayla.open(id)).messages.find(({ author }) => author === 'agent')?.delivery === 'sent');
  await app.query("update message set delivery = 'failed', failure = 'unreachable' where id = $1", [sent?.id]);
  expect((await ayla.open(id)).messages.find(({ author }) => author === 'agent')).toMatchObject({
    delivery: 'failed',
    failure: 'unreachable',
  });
  expect((await act(ayla, id, `messages/${sent?.id}/retry`)).status).toBe(200);
  await until(async () => (await ayla.open(id)).messages.find(({ author }) => author === 'agent')?.delivery === 'sent');
  visitor.close();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainCapabilities } from '../../../src/conversation/channel.ts';
import type { Known } from '../../../src/dialogue/understand.ts';
import { createLog } from '../../../src/log.ts';
import type { Insert, Preview } from '../../../src/server/desk/composer-protocol.ts';
import { composerRoutes } from '../../../src/server/desk/composer-routes.ts';
import { fillIn } from '../../../src/server/desk/fill-in.ts';
import { createHttp, type Http } from '../../../src/server/http.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { loadWords } from '../../../src/words.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
let agent: DeskAgent;
let store: Store;
let http: Http;
let id: number;
// The web's own capabilities show markup; here the same ticket is on channels that do not, or that take little at once.
const can = { ...plainCapabilities };

beforeAll(async () => {
  app = await startTestApp();
  agent = await signIn(app);
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  id = Number((await app.query<{ id: string }>('select id from ticket where number = $1', [number]))[0]?.id);
  visitor.close();
  store = openStore(app.databaseUrl, createLog('silent'));
  http = await createHttp({ trustProxy: 0, log: createLog('silent') });
  composerRoutes(http, {
    db: store.db,
    words: loadWords(),
    known: () => ({}) as Known,
    channels: [{ name: 'web', capabilities: can }],
    uploads: () => ({ maxBytes: 5_000_000, count: 3, accept: 'image/png', kinds: '' }),
  });
});
afterAll(async () => {
  await http.close();
  await store.close();
  await app.end();
});

async function preview(text: string): Promise<Preview> {
  const headers = { cookie: agent.cookie, 'x-csrf': agent.me.csrf };
  return (await http.inject({ method: 'POST', url: `/api/desk/tickets/${id}/preview`, headers, payload: { text } })).json();
}

test('the preview is what a channel gets: plain where it has no markup, in parts where it takes little, masked as it is sent', async () => {
  Object.assign(can, { markup: false, maxLength: 4_000 });
  expect(await preview('**Hello** [here](https://demobet.example)')).toEqual({
    markup: false,
    parts: ['Hello here (https://demobet.example)'],
  });
  Object.assign(can, { markup: true, maxLength: 30 });
  const { markup, parts } = await preview('One sentence stands here. Another one stands there. And a third.');
  expect(markup).toBe(true);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(30);
  Object.assign(can, { maxLength: 4_000 });
  expect((await preview('Your card 4111 1111 1111 1111')).parts[0]).not.toContain('4111 1111');
});

test('what a channel takes is never more than the desk allows', async () => {
  Object.assign(can, { attachments: { count: 10, maxBytes: 1_000 } });
  const answer = await http.inject({ url: '/api/desk/channels', headers: { cookie: agent.cookie } });
  expect(answer.json()[0].files).toEqual({ count: 3, maxBytes: 1_000, accept: 'image/png' });
});

test('canned replies are kept masked, for their departments, by supervisors only; a shortcut is there once', async () => {
  const supervisor = await signIn(app, { role: 'supervisor' });
  const wish = { shortcut: 'IBAN', title: 'Bank', texts: { en: 'Pay to 4111 1111 1111 1111', tr: ' ' }, departments: [] as string[] };
  expect((await agent.call('POST', '/api/desk/canned', wish)).status).toBe(403);
  const made = await supervisor.call<{ id: number; shortcut: string; texts: Record<string, string> }>('POST', '/api/desk/canned', wish);
  expect(made.body.shortcut).toBe('iban');
  expect(Object.keys(made.body.texts)).toEqual(['en']);
  expect(made.body.texts['en']).not.toContain('4111 1111');
  expect((await supervisor.call('POST', '/api/desk/canned', wish)).status).toBe(400);
  const raced = await Promise.all(
    Array.from({ length: 5 }, () => supervisor.call<{ id: number }>('POST', '/api/desk/canned', { ...wish, shortcut: 'raced' })),
  );
  expect(raced.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  await app.query(
    "with gone as (delete from canned where shortcut = 'raced' returning id) delete from event where kind = 'canned' and (data ->> 'cannedId')::int in (select id from gone)",
  );
  expect((await supervisor.call('POST', '/api/desk/canned', { ...wish, shortcut: 'empty', texts: { en: ' ' } })).status).toBe(400);
  const inserts = async () =>
    (await agent.call<Insert[]>('GET', `/api/desk/tickets/${id}/inserts?search=bank`)).body.map(({ shortcut }) => shortcut);
  expect(await inserts()).toEqual(['iban']);
  await supervisor.call('POST', `/api/desk/canned/${made.body.id}`, { ...wish, departments: ['elsewhere'] });
  expect(await inserts()).toEqual([]);
  await supervisor.call('POST', `/api/desk/canned/${made.body.id}/remove`, {});
  expect((await supervisor.call<unknown[]>('GET', '/api/desk/canned')).body).toEqual([]);
  expect(await app.query("select data ->> 'act' as act from event where kind = 'canned' order by id")).toEqual(
    ['added', 'changed', 'removed'].map((act) => ({ act })),
  );
});

test('a contact who is protected is offered nothing, not by an agent either', async () => {
  const sought = async () =>
    (await agent.call<Insert[]>('GET', `/api/desk/tickets/${id}/inserts?search=password`)).body.map((each) => each.id);
  expect(await sought()).toEqual(['account/password-reset']);
  const { readFile, writeFile } = await import('node:fs/promises');
  const file = `${app.knowledgeDir}/account/password-reset.yaml`;
  await writeFile(file, `offer: true\n${await readFile(file, 'utf8')}`);
  await app.query('update contact set protected = true where id = (select contact_id from ticket where id = $1)', [id]);
  await until(async () => (await sought()).length === 0);
  await app.query('update contact set protected = false');
  expect(await sought()).toEqual(['account/password-reset']);
});

test('an unknown name leaves no gap, and a name that looks like a variable is not filled again', () => {
  const knowledge = { desk: { brand: 'Demobet', defaultLanguage: 'en', variables: {}, links: {}, crisisLine: '112' } } as never;
  const values = { agentName: 'Suna', ticketNumber: '1042-K' };
  expect(fillIn('Hello {{contactName}}, {{agentName}} here ({{ticketNumber}}, {{brand}}, {{nobody}}).', values, knowledge, 'en')).toBe(
    'Hello, Suna here (1042-K, Demobet, {{nobody}}).',
  );
});

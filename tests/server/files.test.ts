import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { eraseContact, findContact } from '../../src/privacy/erase.ts';
import { bytesInFolder } from '../../src/store/bytes-folder.ts';
import { openStore } from '../../src/store/connection.ts';
import { type Clamd, startClamd } from '../files/clamd.ts';
import { virusTest } from '../files/corpus.ts';
import { makePdf } from '../files/pdf.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';
import { knowledgeWithDocuments, linkGiven, upload } from './desk/documents.ts';

let app: TestApp;
let clamd: Clamd;
let agent: DeskAgent;
beforeAll(async () => {
  clamd = await startClamd();
  app = await startTestApp({ KNOWLEDGE_DIR: await knowledgeWithDocuments(), CLAMD_URL: clamd.url });
  agent = await signIn(app);
});
afterAll(async () => {
  await app.end();
  await clamd.stop();
});

interface Row {
  id: string;
  name: string;
  identity: boolean;
  state: string;
  message_id: string;
  conversation_id: string;
}
const rowsOf = (visitor: Visitor) =>
  app.query<Row>(
    `select a.* from attachment a join ticket t on t.conversation_id = a.conversation_id where t.number = $1 order by a.created_at`,
    [visitor.state()?.ticket?.number],
  );
const get = (path: string, who: DeskAgent | undefined = agent) =>
  fetch(`${app.url}${path}`, { headers: who ? { cookie: who.cookie } : {}, redirect: 'manual' });

/** A visitor who was asked for documents, and their link. */
async function asked(text = 'where do I send my passport', language = 'en'): Promise<{ visitor: Visitor; link: string }> {
  const visitor = await visit(app.url, { language });
  await visitor.send(text);
  const link = await linkGiven(visitor);
  await until(() => visitor.state()?.ticket);
  return { visitor, link };
}

test('a topic that asks for documents gives a link; what is sent by it joins the conversation, is listed once, and the link is used up', async () => {
  const { visitor, link } = await asked();
  const form = await (await fetch(link)).text();
  expect(form).toContain('Send your documents');
  const jpg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#0a7' } })
    .jpeg()
    .toBuffer();
  const { status, page } = await upload(link, [
    { name: 'passport.jpg', bytes: jpg },
    { name: 'address.pdf', bytes: makePdf() },
  ]);
  expect(status).toBe(200);
  expect(page).toContain('we have received your documents');
  const receipt = await until(() => visitor.messages.find(({ text }) => text.includes('passport.jpg')));
  expect(receipt).toMatchObject({ author: 'bot', text: 'We have received your 2 files: passport.jpg, address.pdf.' });
  expect(await rowsOf(visitor)).toMatchObject([
    { name: 'passport.jpg', identity: true, state: 'kept' },
    { name: 'address.pdf', identity: true, state: 'kept' },
  ]);
  const again = await upload(link, [{ name: 'more.pdf', bytes: makePdf() }]);
  expect(again.status).toBe(410);
  expect(again.page).toContain('This link no longer works');
  expect((await fetch(link)).status).toBe(410);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(visitor.messages.filter(({ text }) => text.includes('passport.jpg') && text.startsWith('We have'))).toHaveLength(1);
  visitor.close();
});

test('an agent of the department opens the files, as downloads and pictures, and each view of a document is an event', async () => {
  const { visitor, link } = await asked('i want to upload my identity card');
  const jpg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#0a7' } })
    .jpeg()
    .toBuffer();
  await upload(link, [{ name: 'kimlik ön yüz.jpg', bytes: jpg }]);
  const [row] = await until(async () => ((await rowsOf(visitor)).length > 0 ? rowsOf(visitor) : undefined));
  const download = await get(`/api/desk/files/${row?.id}`);
  expect(download.status).toBe(200);
  expect(Buffer.from(await download.arrayBuffer()).equals(jpg)).toBe(true);
  expect(Object.fromEntries(download.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="kimlik _n y_z.jpg"; filename*=UTF-8''kimlik%20%C3%B6n%20y%C3%BCz.jpg`,
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
  const preview = await get(`/api/desk/files/${row?.id}/preview`);
  expect(preview.headers.get('content-type')).toBe('image/webp');
  expect((await sharp(Buffer.from(await preview.arrayBuffer())).metadata()).width).toBe(60);
  const events = await app.query<{ agent_id: string; data: object }>(
    `select agent_id, data from event where kind = 'file-viewed' and conversation_id = $1`,
    [row?.conversation_id],
  );
  expect(events).toMatchObject([{ data: { fileId: row?.id } }, { data: { fileId: row?.id } }]);
  expect(events.map((each) => Number(each.agent_id))).toEqual([agent.me.id, agent.me.id]);
  visitor.close();
});

test('nobody else opens them: not signed in, of another department, by a guess, by a forged link', async () => {
  const { visitor, link } = await asked();
  await upload(link, [{ name: 'a.pdf', bytes: makePdf() }]);
  const [row] = await until(async () => ((await rowsOf(visitor)).length > 0 ? rowsOf(visitor) : undefined));
  const other = await signIn(app, { departments: ['finance'] });
  const anonymous = await fetch(`${app.url}/api/desk/files/${row?.id}`);
  expect(anonymous.status).toBe(401);
  for (const path of [`/api/desk/files/${row?.id}`, `/api/desk/files/${row?.id}/preview`])
    expect((await get(path, other)).status).toBe(404);
  expect((await get('/api/desk/files/6b0c4a5e-0000-4000-8000-000000000000')).status).toBe(404);
  expect((await get('/api/desk/files/..%2F..%2Fetc%2Fpasswd')).status).toBe(400);
  expect((await get(`/files/${row?.id}?until=99999999999&key=forged`, undefined)).status).toBe(410);
  expect(await app.query(`select 1 from event where kind = 'file-viewed' and conversation_id = $1`, [row?.conversation_id])).toEqual([]);
  visitor.close();
});

test('a file that is refused is named with its reason, the others are taken, and the link works for another try', async () => {
  const { visitor, link } = await asked('kimlik belgesi yüklemek istiyorum', 'tr');
  const first = await upload(link, [
    { name: 'kimlik.pdf', bytes: makePdf() },
    { name: 'adres.pdf', bytes: makePdf({ trailer: '/Encrypt 5 0 R' }) },
    { name: 'virus.txt', bytes: virusTest },
  ]);
  expect(first.status).toBe(200);
  expect(first.page).toContain('<strong>adres.pdf</strong>: şifreyle korunuyor; lütfen şifresiz olarak gönderin');
  expect(first.page).toContain('virüs tarayıcımız');
  const receipt = await until(() => visitor.messages.find(({ text }) => text.includes('adres.pdf')));
  expect(receipt.text).toContain('Dosyanızı aldık: kimlik.pdf.');
  const second = await upload(link, [{ name: 'adres.pdf', bytes: makePdf() }]);
  expect(second.page).toContain('belgelerinizi aldık');
  expect((await upload(link, [{ name: 'adres.pdf', bytes: makePdf() }])).status).toBe(410);
  const rows = await rowsOf(visitor);
  expect(rows.map(({ name, state }) => [name, state])).toEqual([
    ['kimlik.pdf', 'kept'],
    ['virus.txt', 'quarantined'],
    ['adres.pdf', 'kept'],
  ]);
  const quarantined = rows.find(({ state }) => state === 'quarantined');
  expect((await get(`/api/desk/files/${quarantined?.id}`)).status).toBe(404);
  visitor.close();
});

test('a large document arrives whole; one over the limit is refused with the limit, and the rest of it is passed over', async () => {
  const { visitor, link } = await asked();
  const pdf = (megabytes: number) =>
    makePdf({ objects: [`<< /Length 1 >>\nstream\n${'scan '.repeat((megabytes * 1024 * 1024) / 5)}\nendstream`] });
  const { page } = await upload(link, [
    { name: 'huge.pdf', bytes: pdf(21) },
    { name: 'large.pdf', bytes: pdf(8) },
  ]);
  expect(page).toContain('<strong>huge.pdf</strong>: it is larger than 20 MB');
  const [row] = await until(async () => ((await rowsOf(visitor)).length > 0 ? rowsOf(visitor) : undefined));
  const bytes = Buffer.from(await (await get(`/api/desk/files/${row?.id}`)).arrayBuffer());
  expect(bytes.equals(pdf(8))).toBe(true);
  visitor.close();
});

test('nothing chosen, no form at all, a forged link and one whose time is over are met with a page', async () => {
  const { visitor, link } = await asked();
  expect((await upload(link, [])).status).toBe(400);
  expect((await fetch(link, { method: 'POST' })).status).toBe(400);
  expect((await fetch(`${link}x`)).status).toBe(410);
  expect(await fetch(`${app.url}/upload/abc.def`, { headers: { 'accept-language': 'az' } }).then((each) => each.text())).toContain(
    'Bu keçid artıq işləmir',
  );
  await app.query(`update upload_link set expires_at = now() where used_at is null`);
  expect((await fetch(link)).status).toBe(410);
  visitor.close();
});

test('an agent sends a file, and the contact gets it by a signed link', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  await until(() => visitor.state()?.ticket);
  const supervisor = await signIn(app, { role: 'supervisor' });
  const { tickets } = await supervisor.list();
  const id = tickets.find(({ number }) => number === visitor.state()?.ticket?.number)?.id as number;
  const put = async (name: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${app.url}/api/desk/files?ticket=${id}&language=tr`, {
      method: 'POST',
      headers: { cookie: supervisor.cookie, 'x-csrf': supervisor.me.csrf },
      body: form,
    });
    return (await response.json()) as { file?: string; refused?: string; reason?: string };
  };
  expect(await put('a.exe', Buffer.from('MZ'))).toMatchObject({ refused: 'executable', reason: expect.stringContaining('bir program') });
  const { file } = await put('statement.pdf', makePdf());
  await supervisor.call('POST', `/api/desk/tickets/${id}/reply`, {
    id: 'reply-with-file',
    text: 'Here it is',
    seenSeq: 999,
    files: [file],
  });
  const sent = await until(() => visitor.messages.find(({ attachments }) => attachments?.length));
  expect(sent.attachments).toMatchObject([{ name: 'statement.pdf', type: 'application/pdf' }]);
  const fetched = await fetch(new URL(sent.attachments?.[0]?.url as string, app.url));
  expect(fetched.headers.get('content-disposition')).toContain('attachment; filename="statement.pdf"');
  expect(Buffer.from(await fetched.arrayBuffer()).equals(makePdf())).toBe(true);
  visitor.close();
});

test('erasing a contact removes the bytes of what they sent', async () => {
  const { visitor, link } = await asked();
  await upload(link, [{ name: 'a.pdf', bytes: makePdf() }]);
  const [row] = await until(async () => ((await rowsOf(visitor)).length > 0 ? rowsOf(visitor) : undefined));
  const store = openStore(app.databaseUrl, createLog('silent'), 2);
  const place = bytesInFolder(`${app.dataDir}/files`);
  expect(await place.read(row?.id as string)).toBeDefined();
  const contact = await findContact(store.db, visitor.state()?.ticket?.number as string);
  expect(await eraseContact(store.db, place, contact as number)).toMatchObject({ attachment: 1, bytes: 1 });
  expect(await place.read(row?.id as string)).toBeUndefined();
  expect(await app.query('select 1 from attachment where id = $1', [row?.id])).toEqual([]);
  await store.close();
  visitor.close();
});

import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

const get = (address: string, headers = {}) => fetch(`${app.url}${address}`, { headers, redirect: 'manual' });
const text = async (address: string) => (await get(address)).text();
/** What a page says to search engines, by type. */
const data = async (address: string) => {
  const blocks = (await text(address)).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs);
  return Object.fromEntries([...blocks].map(([, json = '']) => [JSON.parse(json)['@type'], JSON.parse(json)]));
};

test('the first page lists every topic that is on, handed over or not, and the most asked with their answers', async () => {
  const page = await text('/help/en/');
  for (const id of ['money/payout-time', 'money/payout-late', 'account/password-reset']) expect(page).toContain(`href="/help/en/${id}"`);
  expect(page).toMatch(/<summary>[^<]+<\/summary>/);
  const { FAQPage } = await data('/help/en/');
  expect(FAQPage.mainEntity.length).toBeGreaterThan(2);
  for (const { name } of FAQPage.mainEntity) expect(page).toContain(`<summary>${name}</summary>`);
});

test('a topic has a page of its own in each of its languages, known to search engines by one address', async () => {
  const page = await text('/help/en/money/payout-time');
  expect(page).toContain('24 hours');
  expect(page).toContain('<html lang="en"');
  expect(page).toContain(`<link rel="canonical" href="${app.url}/help/en/money/payout-time">`);
  for (const code of ['tr', 'en', 'az']) expect(page).toContain(`hreflang="${code}" href="${app.url}/help/${code}/money/payout-time"`);
  const { FAQPage, BreadcrumbList } = await data('/help/en/money/payout-time');
  expect(FAQPage.mainEntity[0].acceptedAnswer.text).toContain('24 hours');
  expect(BreadcrumbList.itemListElement.at(-1).item).toBe(`${app.url}/help/en/money/payout-time`);
});

test('what people decide says so', async () => {
  expect(await text('/help/en/money/payout-late')).toContain('One of our colleagues takes care of this');
  expect(await text('/help/en/money/payout-time')).not.toContain('One of our colleagues takes care of this');
});

test('search without a script: what is asked, in words or sentences; what is typed is text; not for search engines', async () => {
  const page = await text('/help/en/?q=how+long+until+my+money+arrives');
  expect(page).toContain('href="/help/en/money/payout-time"');
  expect(page).toContain('<meta name="robots" content="noindex">');
  expect(page).not.toContain('rel="canonical"');
  const hostile = await text(`/help/en/?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(hostile).not.toContain('<script>alert');
  expect(hostile).toContain('&#60;script');
  expect((await get(`/help/en/?q=${'x'.repeat(5_000)}`)).status).toBe(200);
});

test('the language of the browser is where /help leads; unknown languages and topics are a page that helps on', async () => {
  const to = async (header: string) => (await get('/help', { 'accept-language': header })).headers.get('location');
  expect(await to('az-AZ,en;q=0.5')).toBe('/help/az/');
  expect(await to('ja')).toBe('/help/tr/');
  for (const address of ['/help/ja', '/help/en/no/such/topic', '/help/en/__proto__', '/help/constructor/']) {
    const answer = await get(address);
    expect([address, answer.status]).toEqual([address, 404]);
    expect(await answer.text()).toContain('name="q"');
  }
});

test('a mistyped address is a page for a person and an answer for a program', async () => {
  const page = await get('/deks', { accept: 'text/html,*/*;q=0.8', 'accept-language': 'en' });
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(await page.text()).toContain('This page was not found');
  for (const [address, accept] of [
    ['/deks', 'application/json'],
    ['/api/desk/none', 'text/html'],
  ] as const) {
    const answer = await get(address, { accept });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not-found']);
  }
});

test('a strict policy holds and nothing on the page needs to break it', async () => {
  const answer = await get('/help/en/money/payout-time');
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';style-src 'self'/);
  const page = await answer.text();
  expect(page).not.toMatch(/<style|style="| on\w+="/);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]+\.(?:css|js|svg))"/g)) expect((await get(address ?? '')).status).toBe(200);
});

test('sitemap and robots name every page in every language', async () => {
  const map = await text('/sitemap.xml');
  for (const code of ['tr', 'en', 'az'])
    for (const id of ['', 'money/payout-time', 'money/payout-late']) expect(map).toContain(`<loc>${app.url}/help/${code}/${id}</loc>`);
  expect(await text('/robots.txt')).toContain(`Sitemap: ${app.url}/sitemap.xml`);
});

test('what is asked most comes first, counted from the record', async () => {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('I forgot my password, how can I reset it?');
  await until(() =>
    app.query("select 1 from event where kind = 'turn' and data ->> 'topic' = 'account/password-reset'").then(([row]) => row),
  );
  visitor.close();
  await app.restart();
  await until(async () => (await text('/help/search?language=en')).startsWith('[{"id":"account/password-reset"'));
  expect(await text('/help/en/')).toMatch(/<details><summary>[^<]*[Pp]assword/);
});

test('pictures: only those that a topic names, as pictures and nothing else', async () => {
  const folder = path.join(app.knowledgeDir, 'media');
  await mkdir(folder, { recursive: true });
  const file = path.join(app.knowledgeDir, 'money/payout-time.yaml');
  const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  for (const name of ['step 1.png', 'other.png', 'note.html']) await writeFile(path.join(folder, name), dot);
  await symlink('/etc/hostname', path.join(folder, 'link.png'));
  const media =
    'media:\n  - { file: step 1.png, alt: { tr: Adım, en: The button, az: Addım } }\n  - { file: note.html, alt: { en: Note } }\n';
  await writeFile(file, `${await readFile(file, 'utf8')}\n${media}`);
  await until(async () => (await text('/help/en/money/payout-time')).includes('alt="The button"'));
  const picture = await get('/help/media/step%201.png');
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(picture.headers.get('content-security-policy')).toContain('sandbox');
  for (const name of ['other.png', 'note.html', 'link.png', '..%2Fdesk.yaml', '%2e%2e/desk.yaml', 'step%201.png%00', '%E0%A4%A'])
    expect([name, (await get(`/help/media/${name}`)).status]).not.toEqual([name, 200]);
  expect(JSON.parse(await text('/help/topic?language=en&id=money/payout-time')).pictures[0]).toEqual({
    url: '/help/media/step%201.png',
    alt: 'The button',
  });
});

test('whether a topic helped is recorded; nonsense, and topics that nobody may read, are refused', async () => {
  const rate = (body: string) =>
    fetch(`${app.url}/help/rating`, { method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8' }, body });
  const given = await rate(JSON.stringify({ id: 'money/payout-time', language: 'en', helped: false }));
  expect([given.status, given.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  for (const bad of [
    '{',
    'null',
    JSON.stringify({ id: 'no/such', language: 'en', helped: true }),
    JSON.stringify({ id: 'money/payout-time' }),
  ])
    expect((await rate(bad)).status).toBe(400);
  expect(await app.query("select data from event where kind = 'rated'")).toEqual([
    { data: { topic: 'money/payout-time', language: 'en', helped: false } },
  ]);
});

import { appendFile, cp, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelegram, type TelegramDouble, token } from '../bots/telegram/double.ts';
import { makePdf } from '../files/pdf.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { until } from '../setup/until.ts';
import { chromiumPath, startChromium } from './chromium.ts';

if (!chromiumPath && process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');

describe.skipIf(!chromiumPath)('a file that Telegram does not give to bots', () => {
  let app: TestApp;
  let telegram: TelegramDouble;
  let browser: Browser;
  beforeAll(async () => {
    const dir = path.join(await mkdtemp(path.join(os.tmpdir(), 'destek-large-')), 'knowledge');
    await cp(smallKnowledge, dir, { recursive: true });
    await appendFile(path.join(dir, 'desk.yaml'), '\nattachments: { maxMb: 25 }\n');
    telegram = await startTelegram();
    app = await startTestApp({ KNOWLEDGE_DIR: dir, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.end();
    await telegram?.close();
  });

  const scan = makePdf({ objects: [`<< /Length 22100004 >>\nstream\n${'scanned page '.repeat(1_700_000)}\nendstream`] });
  const largeFile = {
    document: { file_id: 'scan', file_unique_id: 'scan', file_size: scan.length, file_name: 'scan.pdf', mime_type: 'application/pdf' },
    caption: 'these are all pages',
  };
  const linkTo = (person: { texts(): string[] }) =>
    until(() => person.texts().flatMap((text) => text.match(/http\S+\/upload\/[\w.-]+/g) ?? [])[0]);

  test('the person is given a link, sends it on the page, is told that it came, and the agent finds it in the case', async () => {
    expect(scan.length).toBeGreaterThan(21 * 1024 * 1024);
    const aysel = telegram.chats.person();
    aysel.send(largeFile);
    const link = await linkTo(aysel);
    expect(telegram.calls.some(({ method }) => method === 'getFile')).toBe(false);

    const page = await browser.newPage({ locale: 'en' });
    await page.goto(link);
    await page.locator('input[type=file]').setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: scan });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    await until(() => aysel.texts().find((text) => /We have received your file: scan\.pdf/.test(text)));

    aysel.write('/human');
    const agent = await signIn(app);
    const ticket = await until(async () => (await agent.list()).tickets[0]);
    const { messages } = await agent.open(ticket.id);
    const files = messages.flatMap(({ attachments = [] }) => attachments);
    expect(files).toMatchObject([
      { name: 'scan.pdf', refused: 'too-large-here' },
      { name: 'scan.pdf', type: 'application/pdf', size: scan.length },
    ]);
    const got = await fetch(`${app.url}/api/desk/files/${files[1]?.id}`, { headers: { cookie: agent.cookie } });
    expect(Buffer.from(await got.arrayBuffer()).equals(scan)).toBe(true);
  });

  test('also while people have the case: the receipt carries the link, and the page leads to it', async () => {
    const rauf = telegram.chats.person();
    rauf.write('/human');
    await until(() => rauf.texts().find((text) => /\d-[A-Z]/.test(text)));
    rauf.send(largeFile);
    const link = await linkTo(rauf);
    expect(rauf.texts().filter((text) => text.includes('scan.pdf'))).toHaveLength(1);
    const page = await browser.newPage({ locale: 'en' });
    await page.goto(link);
    await page.locator('input[type=file]').setInputFiles({ name: 'page.pdf', mimeType: 'application/pdf', buffer: makePdf() });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    await until(() => rauf.texts().find((text) => /We have received your file: page\.pdf/.test(text)));
  });
});

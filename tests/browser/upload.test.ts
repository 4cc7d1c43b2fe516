import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePdf } from '../files/pdf.ts';
import { knowledgeWithDocuments, linkGiven } from '../server/desk/documents.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { axeFaults } from './stage.ts';

if (!chromiumPath && process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
if (!chromiumPath)
  console.warn('upload page: skipped, there is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');

describe.skipIf(!chromiumPath)('the page for documents', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startTestApp({ KNOWLEDGE_DIR: await knowledgeWithDocuments() });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.end();
  });

  async function open(text: string, language: string, options: BrowserContextOptions = {}) {
    const visitor = await visit(app.url, { language });
    await visitor.send(text);
    const link = await linkGiven(visitor);
    const context = await browser.newContext({ locale: language, viewport: { width: 390, height: 780 }, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(link);
    return { visitor, page, faults, context };
  }
  const shot = async (page: Page, name: string) => {
    const folder = process.env['SHOTS'];
    if (folder) await page.screenshot({ path: path.join(folder, `upload-${name}.png`), fullPage: true });
  };
  const pdf = (name: string, bytes = makePdf()) => ({ name, mimeType: 'application/pdf', buffer: bytes });
  const receipt = (visitor: Visitor, name: string) =>
    until(() => visitor.messages.find(({ text, author }) => author === 'bot' && text.includes(name)));

  test('with a script: files are listed, one is taken away, and what was sent is thanked for', async () => {
    const { visitor, page, faults, context } = await open('vəsiqəmi necə göndərim', 'az', { colorScheme: 'dark' });
    expect(await page.title()).toContain('Sənədlərinizi göndərin');
    expect(await page.locator('html').getAttribute('lang')).toBe('az');
    await page.locator('input[type=file]').setInputFiles([pdf('vəsiqə ön üz.pdf'), pdf('səhv.pdf'), pdf('ünvan.pdf')]);
    await page.getByRole('button', { name: 'səhv.pdf faylını çıxar' }).click();
    await shot(page, 'chosen-dark-phone');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Göndər', exact: true }).click();
    await page.getByRole('heading', { name: 'Təşəkkür edirik, sənədlərinizi aldıq' }).waitFor();
    expect(await page.locator('.files li').allTextContents()).toEqual(['vəsiqə ön üz.pdf', 'ünvan.pdf']);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await shot(page, 'done-dark-phone');
    await receipt(visitor, 'ünvan.pdf');
    expect(faults).toEqual([]);
    await context.close();
    visitor.close();
  });

  test('without a script it is a plain form', async () => {
    const { visitor, page, context } = await open('kimlik belgesi yüklemek istiyorum', 'tr', {
      javaScriptEnabled: false,
      viewport: { width: 1100, height: 800 },
    });
    await shot(page, 'form-light-wide');
    await page.locator('input[type=file]').setInputFiles([pdf('kimlik.pdf')]);
    await page.getByRole('button', { name: 'Gönder' }).click();
    await page.getByRole('heading', { name: 'Teşekkür ederiz, belgelerinizi aldık' }).waitFor();
    await receipt(visitor, 'kimlik.pdf');
    await context.close();
    visitor.close();
  });

  test('what was refused is said beside what was taken, and can be sent again at once', async () => {
    const { visitor, page, faults, context } = await open('where do I send my passport', 'en');
    await page.locator('input[type=file]').setInputFiles([pdf('good.pdf'), pdf('locked.pdf', makePdf({ trailer: '/Encrypt 5 0 R' }))]);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('it is protected by a password').waitFor();
    await shot(page, 'refused-light-phone');
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('input[type=file]').setInputFiles([pdf('unlocked.pdf')]);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: 'Thank you, we have received your documents' }).waitFor();
    await receipt(visitor, 'unlocked.pdf');
    expect(faults).toEqual([]);
    await context.close();
    visitor.close();
  });

  test('nothing chosen is said and not sent; a used link says what to do', async () => {
    const { visitor, page, faults, context } = await open('where do I send my passport', 'en');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Please choose at least one file.').waitFor();
    await app.query('update upload_link set used_at = now()');
    await page.reload();
    expect(await page.locator('h1').textContent()).toBe('This link no longer works');
    await shot(page, 'expired-light-phone');
    expect(faults.filter((fault) => !/410/.test(fault))).toEqual([]);
    await context.close();
    visitor.close();
  });
});

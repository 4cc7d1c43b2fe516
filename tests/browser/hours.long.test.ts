import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../setup/desk.ts';
import { startMovedApp } from '../setup/moved-app.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { chromiumPath, startChromium } from './chromium.ts';

const zone = 'Europe/Berlin';
const hours = `hours: { zone: ${zone}, week: { fri: ["20:00-02:00"], sun: ["09:00-17:00"] } }`;
const departments = `- { id: support, name: { tr: Destek, en: Support, az: Dəstək }, ${hours} }
- { id: finance, name: { tr: Finans, en: Finance, az: Maliyyə }, ${hours} }
`;

describe.skipIf(!chromiumPath)('hours, at the widget and at the desk', () => {
  let browser: Browser;
  let dir: string;
  beforeAll(async () => {
    browser = await startChromium();
    dir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
    await cp(smallKnowledge, dir, { recursive: true });
    await writeFile(path.join(dir, 'departments.yaml'), departments);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(dir, { recursive: true });
  });

  test.each([
    ['after midnight, within what began before it', '2027-03-06T00:30:00Z', undefined],
    ['after its end', '2027-03-06T01:30:00Z', 'Sunday, 7 March, 09:00'],
    ['in the short night of spring', '2027-03-28T01:30:00Z', 'Sunday, 28 March, 09:00'],
    ['in the long night of autumn', '2027-10-31T01:30:00Z', 'Sunday, 31 October, 09:00'],
  ])('%s', { timeout: 60_000 }, async (_, at, opening) => {
    const { app, end } = await startMovedApp(at, { KNOWLEDGE_DIR: dir });
    const contexts: BrowserContext[] = [];
    const open = async (address: string, cookie?: string) => {
      const context = await browser.newContext({ locale: 'en', timezoneId: zone, viewport: { width: 1280, height: 800 } });
      contexts.push(context);
      await context.clock.install({ time: new Date() });
      const [name = '', value = ''] = cookie?.split('=') ?? [];
      if (cookie) await context.addCookies([{ name, value, url: app.url }]);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(new URL(address, app.url).href);
      return page;
    };
    try {
      const widget = await open('/');
      const [day, , time = ''] = opening?.split(', ') ?? [];
      const notice = opening ? new RegExp(`back on ${day}.*${time}`) : /None of our colleagues is online/;
      await widget.getByText(notice).first().waitFor();
      await widget.locator('textarea').fill('/human');
      await widget.locator('textarea').press('Enter');
      await widget
        .getByRole('log')
        .getByText(/\d{4,}-[A-Z]/)
        .last()
        .waitFor();
      const said = await widget.getByRole('log').innerText();
      if (opening) expect(said).toMatch(new RegExp(`open again on ${day}.*${time}`));
      else expect(said).toMatch(/None of our colleagues is online right now/);

      const { cookie } = await signIn(app, { role: 'supervisor' });
      const desk = await open('/desk#/board', cookie);
      const line = desk.getByRole('row', { name: /Support/ });
      await line.waitFor();
      if (opening) await line.getByText(`Closed, opens`).waitFor();
      expect(await line.innerText()).toMatch(opening ? new RegExp(`Closed, opens .*${time}`) : /^(?!.*Closed)/s);
    } finally {
      for (const context of contexts) await context.close();
      await end();
    }
  });
});

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, vi } from 'vitest';
import type { Me } from '../../src/server/desk/protocol.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';
import { chromiumPath, startChromium } from './chromium.ts';

/** What a test of the desk works with: the real app, and browsers of their own for each agent. */
export interface DeskStage {
  app: TestApp;
  /** A new page that fails the test on a script error, something the content policy refused, or a request to a third party. */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
  /** An agent at their desk, signed in. */
  sit(options?: BrowserContextOptions, over?: Parameters<typeof signIn>[1]): Promise<{ page: Page; agent: DeskAgent }>;
  /** A visitor who waits for a person; their ticket. */
  waiting(question?: string): Promise<{ visitor: Visitor; number: string }>;
}

/** A suite of the desk in the machine's Chromium against the real app. Skipped, with a word, where there is none; a failure in CI. `settings`: of the app. */
export function describeDesk(name: string, tests: (stage: DeskStage) => void, settings: Record<string, string> = {}): void {
  if (!chromiumPath) {
    if (process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
    console.warn(`${name}: skipped, there is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`);
  }
  // Two browsers and the app share the machine with other suites.
  vi.setConfig({ testTimeout: 40_000 });
  describe.skipIf(!chromiumPath)(name, () => {
    const stage = {} as DeskStage;
    let browser: Browser;
    let contexts: BrowserContext[] = [];
    let visitors: Visitor[] = [];
    let faults: string[] = [];
    beforeAll(async () => {
      [browser, stage.app] = await Promise.all([startChromium(), startTestApp(settings)]);
    });
    afterEach(async () => {
      const seen = faults;
      for (const context of contexts) await context.close();
      for (const visitor of visitors) visitor.close();
      [contexts, visitors, faults] = [[], [], []];
      expect(seen).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      await stage.app?.end();
    });

    stage.open = async (address, options = {}) => {
      const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 800 }, ...options });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/WebSocket|ERR_|status of (4|502)/.test(message.text()))
          faults.push(`console: ${message.text()}`);
      });
      page.on('response', (response) => {
        if (response.status() === 400 && response.request().method() === 'GET') faults.push(`not understood: ${response.url()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== new URL(stage.app.url).origin) faults.push(`third party: ${request.url()}`);
      });
      await page.goto(new URL(address, stage.app.url).href);
      return page;
    };
    stage.sit = async (options, over) => {
      const agent = await signIn(stage.app, over);
      const [cookie = '', value = ''] = agent.cookie.split('=');
      const page = await stage.open('/docs/json', options);
      await page.context().addCookies([{ name: cookie, value, url: stage.app.url }]);
      await page.goto(`${stage.app.url}/desk`);
      await page.locator('.lists').waitFor();
      // Their desk is on the screen before its live connection says that they are there.
      await until(async () => (await agent.call<Me>('GET', '/api/desk/me')).body.presence === 'online');
      return { page, agent };
    };
    stage.waiting = async (question = '/human') => {
      const visitor = await visit(stage.app.url, { language: 'en' });
      visitors.push(visitor);
      await visitor.send(question);
      const number = await until(() => visitor.state()?.ticket?.number);
      // The number is part of the state before what is said of it has come.
      await until(() => visitor.messages.some(({ author, text }) => author !== 'contact' && text.includes(number)));
      return { visitor, number };
    };
    tests(stage);
  });
}

/** The row of a ticket in the list, by its number. */
export function row(page: Page, number: string) {
  return page.locator('a.ticket', { hasText: number });
}

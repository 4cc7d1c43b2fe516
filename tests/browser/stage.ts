import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, vi } from 'vitest';
import { chromiumPath, startChromium } from './chromium.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

/** What a browser test works with; made anew for each test but for the browser. */
export interface Stage {
  fake: FakeServer;
  /** Another site, which includes the widget of `fake`. */
  site: FakeServer;
  /** A new browser profile. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page that fails the test on a script error, a refused resource or a request to a third party. */
  open(address: string, options?: BrowserContextOptions | BrowserContext): Promise<Page>;
  /** What went wrong on the pages, in words. */
  faults: string[];
}

/** A suite in the machine's Chromium, against the stand-in server. Skipped, with a word, where there is none; a failure in CI. */
export function describeBrowser(name: string, tests: (stage: Stage) => void): void {
  if (!chromiumPath) {
    if (process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
    console.warn(`${name}: skipped, there is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`);
  }
  // The browser shares the machine with other suites.
  vi.setConfig({ testTimeout: 40_000 });
  describe.skipIf(!chromiumPath)(name, () => {
    const stage = { faults: [] as string[] } as Stage;
    let browser: Browser;
    let contexts: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await startChromium();
      stage.fake = await startFakeServer();
      stage.site = await startFakeServer();
    });
    afterEach(async () => {
      for (const context of contexts) await context.close();
      contexts = [];
      stage.faults = [];
      stage.fake.reset();
    });
    afterAll(async () => {
      await browser?.close();
      await stage.fake?.stop();
      await stage.site?.stop();
    });
    stage.context = async (options = {}) => {
      const context = await browser.newContext({ locale: 'tr', viewport: { width: 1280, height: 800 }, ...options });
      contexts.push(context);
      return context;
    };
    stage.open = async (address, options = {}) => {
      const context = 'newPage' in options ? options : await stage.context(options);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => stage.faults.push(`script error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/WebSocket|ERR_|503|404/.test(message.text())) stage.faults.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== stage.fake.url && origin !== stage.site.url)
          stage.faults.push(`third party: ${request.url()}`);
      });
      await page.goto(address);
      return page;
    };
    tests(stage);
  });
}

/** The violations of WCAG 2.2 AA and good practice that axe sees on a page, one line each. What comes in by and by is looked at when it is there. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const shadows = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const moving = [document, ...shadows].flatMap((root) => root.getAnimations());
    const ending = moving.filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary?.split('\n')[1]}`),
    );
  });
  return found;
}

/** Writes a message into the chat and sends it by Enter. */
export async function write(page: Page, text: string): Promise<void> {
  const field = page.locator('textarea');
  await field.fill(text);
  await field.press('Enter');
}

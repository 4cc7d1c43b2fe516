import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, vi } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { chromiumPath, startChromium } from './chromium.ts';

const secret = 'a secret that host pages sign with';

/** What a test of the widget works with: the real app, and a site of somebody else that includes it. */
export interface WidgetStage {
  app: TestApp;
  /** A new browser profile. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** The foreign site with the widget; fails the test on a script error, something a policy refused, or a request to a third party. */
  visit(profile: BrowserContext, attributes?: string): Promise<Page>;
  /** A page of the app itself. */
  open(profile: BrowserContext, address: string): Promise<Page>;
  /** An identity as a host page signs it, good for some minutes. */
  sign(claims: { sub: string; name?: string; email?: string; tier?: string }, key?: string): Promise<string>;
  /** Warnings in the consoles. */
  warnings: string[];
}

/** A suite of the widget in the machine's Chromium against the real app. Skipped, with a word, where there is none; a failure in CI. `settings`: of the app. */
export function describeWidget(
  name: string,
  tests: (stage: WidgetStage) => void,
  settings: () => Promise<Record<string, string>> = async () => ({}),
): void {
  if (!chromiumPath) {
    if (process.env['CI']) throw new Error('CI needs Chromium for the browser tests.');
    console.warn(`${name}: skipped, there is no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`);
  }
  vi.setConfig({ testTimeout: 60_000 });
  describe.skipIf(!chromiumPath)(name, () => {
    const stage = { warnings: [] as string[] } as WidgetStage;
    let browser: Browser;
    let site: Server;
    let attributes = '';
    let contexts: BrowserContext[] = [];
    let faults: string[] = [];
    beforeAll(async () => {
      [browser, stage.app] = await Promise.all([startChromium(), startTestApp({ WIDGET_SECRET: secret, ...(await settings()) })]);
      site = createServer((_, response) => {
        const { headers, html } = hostPage(stage.app.url, attributes);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
      });
      await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    });
    afterEach(async () => {
      const seen = faults;
      for (const context of contexts) await context.close();
      [contexts, faults, stage.warnings] = [[], [], []];
      expect(seen).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      site?.closeAllConnections();
      site?.close();
      await stage.app?.end();
    });

    stage.profile = async (options = {}) => {
      const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 800 }, ...options });
      contexts.push(context);
      return context;
    };
    stage.visit = async (profile, given = '') => {
      attributes = given;
      return watch(profile, `http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    };
    stage.open = (profile, address) => watch(profile, new URL(address, stage.app.url).href);
    stage.sign = (claims, key = secret) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('10m').sign(new TextEncoder().encode(key));
    tests(stage);

    async function watch(profile: BrowserContext, address: string): Promise<Page> {
      const page = await profile.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'warning') stage.warnings.push(message.text());
        if (message.type() === 'error' && !/WebSocket|ERR_|status of [45]/.test(message.text())) faults.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        const own = [new URL(stage.app.url).origin, new URL(address).origin];
        if (protocol.startsWith('http') && !own.includes(origin)) faults.push(`third party: ${request.url()}`);
      });
      await page.goto(address);
      return page;
    }
  });
}

/** A picture with so many pixels a side, of noise, which no format makes small: 700 are 1.5 MB. */
export async function photo(side = 1): Promise<Buffer> {
  return sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

/** Opens the chat of a page, ready to write. */
export async function openChat(page: Page): Promise<void> {
  await page.locator('destek-chat .launch').waitFor();
  await page.evaluate("window.Destek.open('chat')");
  await page.locator('textarea').waitFor();
}

/** Lets a page send only so many bytes a second; -1: as fast as it goes. */
export async function slowDown(page: Page, uploadThroughput: number): Promise<void> {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

const hostile = `*{font-size:31px!important;color:red!important;margin:9px!important;letter-spacing:5px!important}html{font-size:40px}
div,section,button,article,header,p{display:none!important;position:static!important;background:yellow!important}destek-chat{display:none!important;transform:scale(3)!important}`;
const globals =
  'window.React={};window.preact=1;window.Vue=function(){throw 1};window.io=()=>{throw 1};window.$=1;Array.prototype.last=function(){};String.prototype.toJSON;Object.defineProperty(window,"signal",{get(){throw 1}})';

/** A page with a strict policy, a hostile style sheet and other frameworks' globals. */
function hostPage(server: string, attributes: string): { headers: Record<string, string>; html: string } {
  const policy = `default-src 'none'; script-src ${server} 'nonce-a'; style-src 'nonce-a'; img-src ${server}; connect-src ${server} ${server.replace('http', 'ws')}; require-trusted-types-for 'script'; base-uri 'none'`;
  return {
    headers: { 'content-security-policy': policy },
    html: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Site</title><style nonce="a">${hostile}</style>
      <body><header><p>Site</p></header><main><h1>Site</h1><a href="#x" id="link">link</a></main><script nonce="a">${globals}</script><script nonce="a" src="${server}/widget.js" ${attributes} async></script>`,
  };
}

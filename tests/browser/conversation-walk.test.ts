import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { chromiumPath, startChromium } from './chromium.ts';

// The shipped knowledge and the real app: what a stranger sees after two commands.
let app: TestApp;
let browser: Browser;

describe.skipIf(!chromiumPath)('a conversation in the browser, with the shipped knowledge', () => {
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ KNOWLEDGE_DIR: path.resolve('knowledge') }), startChromium()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.end();
  });

  const open = async (locale: string): Promise<Page> => {
    const page = await (await browser.newContext({ locale, viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(app.url);
    return page;
  };
  const write = async (page: Page, text: string) => {
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('Enter');
  };
  const says = (page: Page, text: RegExp) => page.getByRole('log').getByText(text).last().waitFor();

  const walks = [
    {
      locale: 'tr',
      question: 'merhaba, para çekme ne kadar sürer?',
      introduced: /otomatik asistan/,
      solved: /Evet/,
      thanked: /sevindim/,
      unsure: 'para',
      chosen: /nasıl (çekerim|para yatırırım)/,
      suggestion: /Şunlardan birini/,
      unknown: 'Ay dünyadan kaç kilometre uzakta?',
      fallback: /kesin bir yanıt/,
    },
    {
      locale: 'en',
      question: 'hello, how long does a withdrawal take?',
      introduced: /automatic assistant/,
      solved: /Yes/,
      thanked: /Glad/,
      unsure: 'withdrawal',
      chosen: /How long/,
      suggestion: /one of these/,
      unknown: 'how tall is the eiffel tower',
      fallback: /reliable answer/,
    },
    {
      locale: 'az',
      question: 'salam, pul çıxarışı nə qədər vaxt aparır?',
      introduced: /avtomatik köməkçi/,
      solved: /Bəli/,
      thanked: /şadam/,
      unsure: 'çıxarış',
      chosen: /nə qədər vaxt/,
      suggestion: /Bunlardan birini/,
      unknown: 'Ay yerdən neçə kilometr uzaqdır?',
      fallback: /dəqiq cavab/,
    },
  ];

  test.each(walks)(
    'in $locale: answer, unsure → suggestion → answer, fallback',
    { timeout: 60_000 },
    async ({ locale, question, introduced, solved, thanked, unsure, chosen, suggestion, unknown, fallback }) => {
      const page = await open(locale);
      await write(page, unsure);
      await says(page, introduced);
      await says(page, suggestion);
      await page.getByRole('log').getByRole('button', { name: chosen }).first().click();
      await page.getByRole('button', { name: solved }).last().click();
      await says(page, thanked);
      await write(page, question);
      await page.getByRole('button', { name: solved }).last().waitFor();
      await write(page, unknown);
      await says(page, fallback);
      await page.close();
    },
  );

  test('a reload keeps the chat, and a card number is shown masked', { timeout: 60_000 }, async () => {
    const page = await open('en');
    await write(page, 'my card is 4242 4242 4242 4242, is it saved?');
    await says(page, /hidden the personal data/);
    expect(await page.getByRole('log').innerText()).not.toMatch(/4242 4242/);
    await page.reload();
    await says(page, /hidden the personal data/);
    expect(await page.content()).not.toMatch(/4242 4242/);
    await page.close();
  });

  test('what a visitor writes is text: no script of it runs', { timeout: 60_000 }, async () => {
    const page = await open('en');
    const ran: string[] = [];
    page.on('dialog', async (dialog) => {
      ran.push(dialog.message());
      await dialog.dismiss();
    });
    await write(page, '<img src=x onerror="alert(1)"><script>alert(2)</script> **bold** [x](javascript:alert(3))');
    await says(page, /onerror/);
    await page.waitForTimeout(500);
    expect(ran).toEqual([]);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await page.close();
  });
});

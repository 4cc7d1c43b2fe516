import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeBrowser, type Stage, write } from './stage.ts';

const hostile = `*{font-size:31px!important;color:red!important;margin:9px!important;letter-spacing:5px!important}html{font-size:40px}
div,section,button,article,header{display:none!important;position:static!important;background:yellow!important}destek-chat{display:none!important;opacity:.1!important;transform:scale(3)!important}`;
const globals =
  'window.React={};window.preact=1;window.io=()=>{throw 1};Array.prototype.last=function(){};Object.defineProperty(window,"signal",{get(){throw 1}})';

/** A site with a strict policy, a hostile style sheet and other people's globals, on another origin than the server. */
function host({ fake, site }: Stage, attributes = '', before = ''): string {
  const policy = `default-src 'none'; script-src ${fake.url} 'nonce-a'; style-src 'nonce-a'; connect-src ${fake.url} ${fake.url.replace('http', 'ws')}; require-trusted-types-for 'script'; base-uri 'none'`;
  site.host = {
    headers: { 'content-security-policy': policy },
    html: `<!doctype html><html lang="tr"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Site</title><style nonce="a">${hostile}</style>
      <body><h1>Site</h1><a href="#x" id="link">bağlantı</a><script nonce="a">${globals};${before}</script><script nonce="a" src="${fake.url}/widget.js" ${attributes} async></script>`,
  };
  return `${site.url}/host`;
}

const launcher = (page: Page) => page.locator('destek-chat .launch');
const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
const destek = (page: Page, code: string) => page.evaluate(`window.Destek.${code}`);

describeBrowser('the widget on a foreign site', (stage) => {
  test('works under a strict policy, a hostile style sheet and other globals, and leaks nothing', async () => {
    const page = await stage.open(host(stage));
    await launcher(page).click();
    await page.getByRole('dialog').waitFor();
    await expect.poll(async () => (await page.getByRole('dialog').boundingBox())?.width).toBe(400);
    expect(await page.locator('destek-chat h2').evaluate((element) => getComputedStyle(element).fontSize)).toBe('16px');
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('h1') as Element).fontSize)).toBe('31px');
    await page.getByRole('searchbox').fill('bonus');
    await page.getByRole('button', { name: /Bonus çevrim/ }).click();
    await page.getByRole('heading', { name: 'Para çekme işlemi' }).waitFor();
    await page.getByRole('button', { name: 'Hayır' }).click();
    await expect.poll(() => stage.fake.taken.length).toBe(1);
    stage.fake.say({ text: 'Yanıt **burada**' });
    await page.getByText('burada').waitFor();
    // Open on the next page too, without taking the focus.
    await page.reload();
    await page.getByText('burada').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    expect(stage.faults).toEqual([]);
  });

  test('keyboard only: Alt+C and Alt+D open, Tab stays inside, Esc returns to where one was', async () => {
    const page = await stage.open(host(stage));
    await launcher(page).waitFor();
    await page.focus('#link');
    await page.keyboard.press('Alt+KeyC');
    await page.locator('textarea:focus').waitFor();
    for (let n = 0; n < 14; n += 1) {
      await page.keyboard.press(n % 2 ? 'Tab' : 'Shift+Tab');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('DESTEK-CHAT');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('link');
    await page.keyboard.press('Alt+KeyD');
    await page.locator('input[type=search]:focus').waitFor();
    await page.keyboard.press('Escape');
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(stage.faults).toEqual([]);
  });

  test('a reply while closed: number on the button, mark in the title while hidden, both gone when read; the chat outlives a change of page', async () => {
    const page = await stage.open(host(stage));
    await launcher(page).click();
    await page.getByRole('button', { name: 'Bize yazın' }).click();
    await write(page, 'merhaba');
    await expect.poll(() => stage.fake.taken.length).toBe(1);
    await page.keyboard.press('Escape');
    stage.fake.say({ text: 'bir' });
    stage.fake.say({ text: 'iki' });
    await page.getByRole('button', { name: 'Destek sohbetini aç, 2 okunmamış mesaj' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '2 okunmamış mesaj' }).click();
    await page.getByText('iki', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Destek sohbetini kapat' }).waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Destek sohbetini aç', exact: true }).waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    });
    stage.fake.say({ text: 'üç' });
    await expect.poll(() => page.title()).toBe('(1) Yeni yanıt');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(await page.title()).toBe('Site');
  });

  test('whoever comes after a person whose message was not acknowledged yet can send at once', async () => {
    const later = Math.floor(Date.now() / 1000) + 600;
    const page = await stage.open(
      host(stage, '', `(window.Destek ??= []).push((destek) => destek.identify('${token({ sub: 'ada', exp: later })}'))`),
    );
    await launcher(page).waitFor();
    await destek(page, "open('chat')");
    stage.fake.next.push('silent');
    await write(page, 'ben Ada');
    await expect.poll(() => stage.fake.taken.length).toBe(1);
    await destek(page, `identify('${token({ sub: 'can', exp: later })}')`);
    await page.getByText('ben Ada').waitFor({ state: 'detached' });
    await write(page, 'ben Can');
    await expect.poll(() => stage.fake.taken.at(-1)?.text, { timeout: 8_000 }).toBe('ben Can');
    // Hers is in the record when she is back, and waits no more.
    await destek(page, `identify('${token({ sub: 'ada', exp: later })}')`);
    await page.getByText('ben Ada').waitFor();
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('|out|')))).toEqual([]);
    expect(stage.fake.taken.map(({ text }) => text)).toEqual(['ben Ada', 'ben Can']);
  });

  test('identity: each person has a chat of their own, signing out wipes', { timeout: 40_000 }, async () => {
    const later = Math.floor(Date.now() / 1000) + 600;
    const page = await stage.open(
      host(
        stage,
        '',
        `(window.Destek ??= []).push((destek) => { destek.identify('${token({ sub: 'ada', exp: later })}'); destek.on('message', ({ text }) => { (window.heard ??= []).push(text); }); })`,
      ),
    );
    await launcher(page).waitFor();
    await destek(page, "open('chat')");
    await write(page, 'ben Ada');
    await expect.poll(() => stage.fake.visitor()).toContain('person-');
    await expect.poll(() => stage.fake.taken.length).toBe(1);
    stage.fake.say({ text: 'hoş geldiniz' });
    await expect.poll(() => page.evaluate('window.heard')).toEqual(['hoş geldiniz']);
    expect(await page.evaluate(() => Object.keys(localStorage).some((key) => key.includes('visitor')))).toBe(false);
    await destek(page, `identify('${token({ sub: 'can', exp: later })}')`);
    await page.getByText('ben Ada').waitFor({ state: 'detached' });
    await write(page, 'ben Can');
    await expect.poll(() => stage.fake.taken.length).toBe(2);
    await destek(page, `identify('${token({ sub: 'ada', exp: later })}')`);
    await page.getByText('ben Ada').waitFor();
    expect(await page.getByText('ben Can').count()).toBe(0);
    // What could not be sent yet is its writer's: the next person at this browser neither sends nor sees it.
    stage.fake.down();
    await write(page, 'yalnız Ada için');
    await destek(page, `identify('${token({ sub: 'can', exp: later })}')`);
    stage.fake.up();
    // As when the network is back: nobody waits for the next try.
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await write(page, 'yine Can');
    await expect.poll(() => stage.fake.taken.at(-1)?.text, { timeout: 20_000 }).toBe('yine Can');
    expect(stage.fake.taken.some(({ text }) => text === 'yalnız Ada için')).toBe(false);
    await destek(page, `identify('${token({ sub: 'ada', exp: later })}')`);
    await expect.poll(() => stage.fake.taken.at(-1)?.text, { timeout: 20_000 }).toBe('yalnız Ada için');
    await page.locator('textarea').fill('yarım kalan');
    await destek(page, 'logout()');
    await page.getByText('ben Ada').waitFor({ state: 'detached' });
    await page.locator('textarea').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('');
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await destek(page, `identify('${token({ sub: 'ada', exp: 1 })}')`);
    await expect.poll(() => warnings.join()).toContain('expired');
    expect(await page.getByText('ben Ada').count()).toBe(0);
  });

  test('a phone: the chat fills what the keyboard leaves, the page behind stands still, Back to the page by the cross', async () => {
    const page = await stage.open(host(stage, 'data-position="left"'), {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await launcher(page).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expect.poll(() => dialog.boundingBox()).toMatchObject({ x: 0, y: 0, width: 360, height: 740 });
    await page.setViewportSize({ width: 360, height: 400 });
    await expect.poll(() => dialog.boundingBox()).toMatchObject({ height: 400 });
    await expect.poll(() => page.evaluate(() => document.documentElement.style.overflow)).toBe('hidden');
    await page.getByRole('button', { name: 'Kapat' }).click();
    await expect.poll(() => page.evaluate(() => document.documentElement.style.overflow)).toBe('');
    await launcher(page).waitFor();
    expect(stage.faults).toEqual([]);
  });

  test('a server that cannot be reached: the button says so and the page goes on', async () => {
    const page = await stage.open(host(stage));
    await launcher(page).waitFor();
    stage.fake.down();
    await launcher(page).click();
    await page.getByRole('button', { name: 'Sohbet yüklenemedi' }).waitFor();
    stage.fake.up();
    await launcher(page).click();
    await page.getByRole('dialog').waitFor();
  });
});

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makePdf } from '../files/pdf.ts';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { axeFaults, write } from './stage.ts';
import { openChat as chat, describeWidget, photo } from './widget-stage.ts';

const launcher = (page: Page) => page.locator('destek-chat .launch');
const log = (page: Page) => page.getByRole('log');
const destek = (page: Page, code: string) => page.evaluate(`window.Destek.${code}`);
describeWidget('the widget, with the real server', (stage) => {
  const contactTexts = async () =>
    (await stage.app.query<{ text: string }>("select text from message where author = 'contact' order by id")).map(({ text }) => text);

  test('keyboard only, on a site with a strict policy and a hostile style sheet: search, read, ask, choose, close', async () => {
    const page = await stage.visit(await stage.profile());
    await launcher(page).waitFor();
    await page.focus('#link');
    await page.keyboard.press('Alt+KeyD');
    await page.locator('input[type=search]:focus').waitFor();
    await page.getByRole('button', { name: 'Password reset' }).waitFor();
    await page.keyboard.type('withdrawal');
    // What is found has taken the place of what is asked most.
    await page.getByRole('button', { name: 'Password reset' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Withdrawal time' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.topic h3:focus').waitFor();
    await page.keyboard.press('Alt+KeyC');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('how long does a withdrawal take');
    await page.keyboard.press('Enter');
    await log(page).getByRole('button', { name: 'Yes' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    for (let n = 0; n < 12 && !(await page.locator('.choices button:focus').count()); n += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await contactTexts()).at(-1)).toMatch(/Yes|No/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('link');
  });

  test('a signed person: verified at the desk, the same history on another device, nothing of it for the next person', async () => {
    const [first, second] = [await stage.profile(), await stage.profile()];
    const ada = await stage.sign({ sub: 'ada', name: 'Ada', tier: 'gold' });
    const page = await stage.visit(first, `data-identity="${ada}"`);
    await chat(page);
    await write(page, 'I am Ada, may I talk to a person?');
    await log(page)
      .getByText(/introduc|automatic|assistant/i)
      .first()
      .waitFor();
    const rows = await until(() => stage.app.query<{ name: string; tier: string }>("select name, tier from contact where subject = 'ada'"));
    expect(rows).toEqual([{ name: 'Ada', tier: 'gold' }]);
    const other = await stage.visit(second, `data-identity="${ada}"`);
    await chat(other);
    await log(other).getByText('I am Ada').waitFor();
    await destek(other, `identify('${await stage.sign({ sub: 'can' })}')`);
    await log(other).getByText('I am Ada').waitFor({ state: 'detached' });
    await destek(other, `identify('${await stage.sign({ sub: 'ada' }, 'somebody else’s secret, not ours')}')`);
    await expect.poll(() => stage.warnings.join()).toContain('refused the identity');
    await page.waitForTimeout(300);
    expect(await log(other).getByText('I am Ada').count()).toBe(0);
    await destek(page, 'logout()');
    await log(page).getByText('I am Ada').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('ada')))).toEqual([]);
  });

  test('two tabs in step; written without a network, sent once and in order when it is back', async () => {
    const profile = await stage.profile();
    const [one, two] = [await stage.visit(profile), await stage.visit(profile)];
    await chat(one);
    await write(one, 'hello from the first tab');
    await log(one).getByText('hello from the first tab').waitFor();
    await chat(two);
    await log(two).getByText('hello from the first tab').waitFor();
    const before = (await contactTexts()).length;
    await profile.setOffline(true);
    for (const text of ['offline one', 'offline two', 'offline three']) await write(two, text);
    await two.getByText('No connection').waitFor({ timeout: 30_000 });
    expect(await axeFaults(two)).toEqual([]);
    await profile.setOffline(false);
    await expect
      .poll(async () => (await contactTexts()).slice(before), { timeout: 30_000 })
      .toEqual(['offline one', 'offline two', 'offline three']);
    await log(one).getByText('offline three').waitFor();
    expect(await log(one).getByText('offline two').count()).toBe(1);
  });

  test('an agent: name, typing, a file that can be looked at; what the visitor types and sends', async () => {
    const agent = await signIn(stage.app);
    const live = await agent.live();
    const page = await stage.visit(await stage.profile());
    await chat(page);
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page
      .getByText(/Ticket \d+-/)
      .first()
      .waitFor();
    const ticket = await until(async () => (await agent.list()).tickets.at(-1));
    await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
    await page.getByText(`You are talking to ${agent.me.name}`).waitFor();
    live.socket.emit('typing', ticket.id);
    await page.getByText(`${agent.me.name} is writing…`).waitFor();
    const written: object[] = [];
    live.socket.on('typing', (where) => void written.push(where));
    await page.locator('textarea').pressSequentially('look');
    await expect.poll(() => written.length).toBeGreaterThan(0);
    await page.locator('input[type=file]').setInputFiles({ name: 'receipt.png', mimeType: 'image/png', buffer: await photo() });
    await page.locator('.uploads').getByText('Ready; goes with your message.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('textarea').press('Enter');
    const picture = log(page).getByRole('img', { name: 'receipt.png' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    await page.locator('input[type=file]').setInputFiles({ name: 'receipt.pdf', mimeType: 'application/pdf', buffer: makePdf() });
    await page.locator('.uploads').getByText('Ready; goes with your message.').waitFor();
    await page.locator('textarea').press('Enter');
    const link = log(page).getByRole('link', { name: 'receipt.pdf' });
    await link.waitFor();
    // A name in the bubble's own colour cannot be read.
    const [name, bubble] = await link.evaluate((element) => {
      const around = element.closest('.bubble') as Element;
      return [getComputedStyle(element).color, getComputedStyle(around).color];
    });
    expect(name).toBe(bubble);
    live.close();
  });

  test('a screen reader finds: a dialog with a name, a polite log, a named field, buttons with names, states said aloud', async () => {
    const page = await stage.visit(await stage.profile());
    await chat(page);
    await write(page, 'how long does a withdrawal take');
    await log(page).getByRole('button', { name: 'Yes' }).waitFor();
    const devtools = await page.context().newCDPSession(page);
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    const found = nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name, properties }) => ({
        role: role?.value as string,
        name: (name?.value as string) ?? '',
        properties: Object.fromEntries((properties ?? []).map((each) => [each.name, each.value.value])),
      }));
    const one = (role: string) => found.filter((node) => node.role === role);
    expect(one('dialog').map(({ name }) => name)).toEqual([expect.stringContaining('Support')]);
    expect(one('log')).toMatchObject([{ name: 'Messages', properties: { live: 'polite' } }]);
    expect(one('textbox').map(({ name }) => name)).toContain('Your message');
    for (const { name } of [...one('button'), ...one('combobox'), ...one('link'), ...one('textbox')]) expect(name).not.toBe('');
    expect(one('status').length).toBeGreaterThan(0);
    // Who said what is read with each message.
    expect(one('article').length).toBeGreaterThan(1);
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['You', 'Assistant']));
  });
});

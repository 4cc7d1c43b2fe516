import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';

describeDesk('desk: lists', (stage) => {
  const shown = (page: Page) => page.locator('a.ticket').count();

  test('search and filters narrow the lists, and are taken back together', async () => {
    const [one, other] = [await stage.waiting(), await stage.waiting()];
    await one.visitor.send('İade talebim nerede kaldı?');
    await stage.app.query("update ticket set urgency = 'high', tags = array['vip'] where number = $1", [other.number]);
    const { page } = await stage.sit({}, { role: 'supervisor' });
    await row(page, other.number).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('IADE TALEB');
    await row(page, other.number).waitFor({ state: 'detached' });
    await row(page, one.number).waitFor();
    await page.keyboard.press('Escape');
    await row(page, other.number).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    await page.locator('#filter-urgency').selectOption('high');
    await row(page, one.number).waitFor({ state: 'detached' });
    await page.getByLabel('Tag').selectOption('vip');
    await page.getByLabel('Language').selectOption('az');
    await page.getByText('No ticket fits.').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).first().click();
    await row(page, one.number).waitFor();
    await row(page, other.number).waitFor();
  });

  test('a list that is still on its way when somebody signs out is not shown to the next person', async () => {
    const { number } = await stage.waiting();
    const { agent: next } = await stage.sit({}, { role: 'supervisor' });
    const { page, agent } = await stage.sit();
    await row(page, number).waitFor();
    const [ticket] = await stage.app.query<{ id: string }>('select id from ticket where number = $1', [number]);
    await agent.call('POST', `/api/desk/tickets/${ticket?.id}/claim`);
    await row(page, number).waitFor({ state: 'detached' });
    const late = Promise.withResolvers<void>();
    let asked = 0;
    await page.route(/\/api\/desk\/tickets\?.*list=mine/, async (route) => {
      // The next person's own answer does not come at all.
      if (++asked > 1) return;
      const response = await route.fetch();
      await late.promise;
      await route.fulfill({ response });
    });
    await page.getByRole('navigation').getByRole('link', { name: /Mine/ }).click();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByLabel('E-mail').fill(next.me.email);
    late.resolve();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: `Account of ${next.me.name}` }).waitFor();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await row(page, number).count()).toBe(0);
  });

  test('what stood on the screen when a session ended is not shown to somebody else who signs in there', async () => {
    const { number } = await stage.waiting();
    const { agent: next } = await stage.sit({}, { role: 'supervisor' });
    const { page, agent } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('log').getByText(number).first().waitFor();
    await agent.call('POST', '/api/desk/sign-out-everywhere');
    // Unless the desk has noticed by itself.
    await page.getByRole('button', { name: 'Take', exact: true }).evaluateAll(([take]) => (take as HTMLElement | undefined)?.click());
    await page.getByLabel('E-mail').waitFor();
    await page.route(/\/api\/desk\/tickets/, () => undefined);
    await page.getByLabel('E-mail').fill(next.me.email);
    await page.getByLabel('Password', { exact: true }).fill('a long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: `Account of ${next.me.name}` }).waitFor();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await page.getByText(number).count()).toBe(0);
  });

  test('unread until opened, for the same agent in another browser too, and again when the contact writes', async () => {
    const { visitor, number } = await stage.waiting();
    const { page, agent } = await stage.sit();
    const told = page.waitForResponse(/\/seen$/);
    await page.locator('a.ticket.unread', { hasText: number }).click();
    await page.locator('a.ticket:not(.unread)', { hasText: number }).waitFor();
    await told;
    const [cookie = '', value = ''] = agent.cookie.split('=');
    const second = await stage.open('/docs/json');
    await second.context().addCookies([{ name: cookie, value, url: stage.app.url }]);
    await second.goto(`${stage.app.url}/desk`);
    await second.locator('a.ticket:not(.unread)', { hasText: number }).waitFor();
    await visitor.send('one more thing');
    await second.locator('a.ticket.unread', { hasText: number }).waitFor();
  });

  test('what comes while the desk is in a hidden tab stays unread until somebody looks', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.locator('a.ticket:not(.unread)', { hasText: number }).waitFor();
    const hide = (hidden: boolean) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'hidden', { value: now, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await visitor.send('are you still there?');
    await page.getByRole('log').getByText('are you still there?').waitFor();
    await page.locator('a.ticket.unread', { hasText: number }).waitFor();
    await hide(false);
    await page.locator('a.ticket:not(.unread)', { hasText: number }).waitFor();
  });

  test('500 tickets: only those in sight are drawn, the keys reach all of them, and a change fetches one and not the list', async () => {
    const { visitor, number } = await stage.waiting();
    await stage.app.query(`
      with people as (insert into contact (name, key) select 'Person ' || n, ''::bytea from generate_series(1, 500) n returning id),
      places as (insert into address (contact_id, channel, value) select id, 'web', 'many-' || id from people returning id, contact_id),
      talks as (insert into conversation (contact_id, address_id, owner, heard_seq, heard_at) select contact_id, id, 'queue', 1, now() from places returning id, contact_id, address_id),
      said as (insert into message (conversation_id, address_id, seq, author, text, body) select id, address_id, 1, 'contact', 'hello', '{}' from talks)
      insert into ticket (number, conversation_id, contact_id, department, reason, language, line_at, first_answer_due, resolution_due)
      select 'M' || id, id, contact_id, 'support', 'asked', 'en', now() + interval '1 hour', now() + interval '1 hour', now() + interval '1 day' from talks`);
    const { page } = await stage.sit({}, { role: 'supervisor' });
    await row(page, number).waitFor();
    expect(await shown(page)).toBeLessThan(40);
    await page.locator('.lists .scroll').evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
    await page.locator('li[aria-posinset="501"], li[aria-posinset="500"]').first().waitFor();
    expect(await shown(page)).toBeLessThan(40);
    await page.locator('.lists .scroll').evaluate((box) => box.scrollTo({ top: 0 }));
    await row(page, number).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/api\/desk\/tickets\?/.test(request.url())) asked.push(request.url());
    });
    await visitor.send('what changed is this line');
    await page.locator('a.ticket', { hasText: 'what changed is this line' }).waitFor();
    expect(asked.length).toBeGreaterThan(0);
    for (const url of asked) expect(url).toMatch(/only=\d+(&|$)/);
  });

  test('two agents at one ticket see each other look and write; the agent sees the contact write', async () => {
    const { visitor, number } = await stage.waiting();
    const desks = await Promise.all([stage.sit(), stage.sit()]);
    const [one, other] = desks;
    if (!one || !other) throw new Error('two desks');
    for (const { page } of desks) await row(page, number).click();
    await one.page.getByText(`${other.agent.me.name}: also looking at this`).waitFor();
    await other.page.getByText(`${one.agent.me.name}: also looking at this`).waitFor();
    await one.page.getByRole('textbox', { name: 'Reply' }).pressSequentially('I am at it');
    await other.page.getByText(`${one.agent.me.name}: writing a reply right now`).waitFor();
    visitor.socket.emit('typing');
    await one.page.getByText('The contact is writing…').waitFor();
    await one.page.keyboard.press('Escape');
    await one.page.keyboard.press('Escape');
    await until(async () => (await other.page.locator('.beside').textContent()) === '', 15_000);
  });
});

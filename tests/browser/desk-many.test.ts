import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';
import { axeFaults } from './stage.ts';
import { photo } from './widget-stage.ts';

describeDesk('desk: thirty open tickets', (stage) => {
  /** Thirty tickets of one agent, the longest waiting first: contact 1 to contact 30. */
  const thirty = (agentId: number) =>
    stage.app.query(
      `with people as (insert into contact (name, key) select 'Contact ' || n, ''::bytea from generate_series(1, 30) n order by n returning id, name),
        places as (insert into address (contact_id, channel, value) select id, 'web', 'many-' || id from people returning id, contact_id),
        talks as (insert into conversation (contact_id, address_id, owner, heard_seq, last_seq, heard_at)
          select contact_id, id, 'agent', 1, 1, now() from places returning id, contact_id, address_id),
        said as (insert into message (conversation_id, address_id, seq, author, text, body) select id, address_id, 1, 'contact', 'hello', '{}' from talks)
        insert into ticket (number, conversation_id, contact_id, department, reason, language, line_at, first_answer_due, resolution_due, state, assignee_id, assigned_at, tags)
        select 'M' || t.id, t.id, t.contact_id, 'support', 'asked', 'en', now() + split_part(p.name, ' ', 2)::int * interval '1 minute', now() + split_part(p.name, ' ', 2)::int * interval '1 minute',
          now() + interval '1 day', 'assigned', $1, now(), array['one', 'a rather long tag', 'three', 'four', 'five'] from talks t join people p on p.id = t.contact_id`,
      [agentId],
    );
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.querySelector('.name')?.textContent ?? '');
  const open = (page: Page, name: string) => page.locator('#ticket-title', { hasText: new RegExp(`${name}\\b`) }).waitFor();

  test('are worked off by keyboard alone: answer, tag, put off, resolve, and on to the one below', async () => {
    const { page, agent } = await stage.sit();
    await agent.call('POST', '/api/desk/presence', { presence: 'online' });
    await thirty(agent.me.id);
    const { keyboard } = page;
    await keyboard.press('2');
    await page.locator('a.ticket', { hasText: 'Contact 3' }).first().waitFor();
    for (let n = 0; n < 12; n++) await keyboard.press('j');
    await expect.poll(() => focused(page)).toBe('Unread: Contact 12');
    await keyboard.press('Enter');
    await open(page, 'Contact 12');
    await keyboard.press('r');
    await keyboard.type('We are at it.');
    await keyboard.press('Control+Enter');
    await page.getByRole('log').getByText('We are at it.').waitFor();
    await keyboard.press('Escape');
    await keyboard.press('g');
    await page.getByRole('dialog', { name: 'Tags' }).waitFor();
    await keyboard.type('refund');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove refund' }).waitFor();
    // Enter in the empty field saves; the keys of the page rest as long as the dialog stands.
    await keyboard.press('Enter');
    await page.locator('.details .tag', { hasText: 'refund' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await keyboard.press('e');
    await page.getByRole('menuitem', { name: /^Solved/ }).waitFor();
    await keyboard.press('Enter');
    await page.locator('p.foot-note').waitFor();
    await page.locator('a.ticket', { hasText: 'Contact 12' }).waitFor({ state: 'detached' });
    // The one that stood below is next, not the first of the list.
    await keyboard.press('j');
    await expect.poll(() => focused(page)).toBe('Unread: Contact 13');
    await keyboard.press('Enter');
    await open(page, 'Contact 13');
    await keyboard.press('z');
    await page.getByRole('dialog', { name: 'Snooze' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.locator('.flags .flag', { hasText: 'Snoozed until' }).waitFor();
    await page.locator('a.ticket', { hasText: 'Contact 13' }).waitFor({ state: 'detached' });
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await keyboard.press('k');
    await expect.poll(() => focused(page)).toBe('Unread: Contact 11');
    expect((await agent.list('mine')).tickets).toHaveLength(28);
  });

  test('a key that is pressed the moment a ticket stands there opens its dialog with the focus in it', async () => {
    const { page, agent } = await stage.sit();
    await thirty(agent.me.id);
    await page.goto(`${stage.app.url}/desk#/mine`);
    await page.locator('a.ticket').first().waitFor();
    // Nothing that the page puts off until it has been painted has happened by then.
    await page.evaluate(() => {
      new MutationObserver((_, observer) => {
        if (!document.getElementById('ticket-title')) return;
        observer.disconnect();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', bubbles: true }));
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.locator('a.ticket').first().click();
    await page.getByRole('dialog', { name: 'Snooze' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
  });

  test('many tags take no room from the rest of a line: one is shown, and how many more', async () => {
    const { page, agent } = await stage.sit({ viewport: { width: 390, height: 844 } });
    await agent.call('POST', '/api/desk/presence', { presence: 'online' });
    await thirty(agent.me.id);
    await page.goto(`${stage.app.url}/desk#/mine`);
    const line = page.locator('a.ticket').first();
    await line.getByText('+4').waitFor();
    expect(await line.locator('.tag').allTextContents()).toEqual(['one']);
    const box = await line.locator('.department').boundingBox();
    expect(box?.width).toBeGreaterThan(30);
  });
});

describeDesk('desk: screens', (stage) => {
  test('on a phone a short conversation fills the screen: one writes at its lower edge, and the details reach it', async () => {
    const { number } = await stage.waiting();
    const { page } = await stage.sit({ viewport: { width: 390, height: 844 } });
    await row(page, number).click();
    await page.locator('.message').first().waitFor();
    const edge = async (what: string) => {
      const box = await page.locator(what).boundingBox();
      return Math.round((box?.y ?? 0) + (box?.height ?? 0));
    };
    await expect.poll(() => edge('.composer')).toBe(844);
    await page.locator('.acts .round[aria-pressed]').click();
    await page.locator('.details').waitFor();
    await expect.poll(() => edge('.details')).toBe(844);
  });

  test('on a small phone the menus of a ticket lie on the screen as a whole, and nothing reaches beyond it', async () => {
    const { number } = await stage.waiting();
    const { page } = await stage.sit({ viewport: { width: 320, height: 568 }, locale: 'en' });
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    for (const name of ['Resolve', 'More actions on this ticket']) {
      await page.getByRole('button', { name }).click();
      const { x = -1, width = 0 } = (await page.getByRole('menu').boundingBox()) ?? {};
      expect([x >= 0, x + width <= 320]).toEqual([true, true]);
      await page.keyboard.press('Escape');
    }
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test('a conversation that ends with a picture is opened at its end, and files are no list with bullets', async () => {
    const { visitor, number } = await stage.waiting();
    const form = new FormData();
    form.append('visitor', visitor.token() ?? '');
    form.append('file', new File([new Uint8Array(await photo(300))], 'receipt.png', { type: 'image/png' }));
    const { id } = (await (await fetch(`${stage.app.url}/chat/upload`, { method: 'POST', body: form })).json()) as { id: string };
    await visitor.socket.timeout(10_000).emitWithAck('message', { id: crypto.randomUUID(), text: 'line\n'.repeat(40), attachments: [id] });
    const { page } = await stage.sit();
    await row(page, number).click();
    const picture = page.getByRole('log').locator('.picture img');
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1);
    await expect.poll(() => page.locator('.newest').count()).toBe(0);
    await expect.poll(() => page.getByRole('log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight)).toBeLessThan(2);
    expect(await page.locator('.files').evaluate((list) => getComputedStyle(list).listStyleType)).toBe('none');
    await page.getByRole('link', { name: /^receipt\.png/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('what is wrong in a long form is seen where it is sent', async () => {
    const { page } = await stage.sit({ viewport: { width: 390, height: 600 } }, { role: 'supervisor' });
    await page.goto(`${stage.app.url}/desk#/agents`);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByRole('button', { name: 'Create the link' }).click();
    const { y = -1, height = 0 } = (await page.getByText('Please enter a name.').boundingBox()) ?? {};
    expect([y > 0, y + height < 600]).toEqual([true, true]);
  });

  test('a list that cannot be fetched says so and is fetched again; nobody claims that nobody waits', async () => {
    await stage.waiting();
    const { page } = await stage.sit();
    await page.route('**/api/desk/tickets?*', (route) => route.fulfill({ status: 429, json: { code: 'rate.limited', message: '' } }));
    await page.reload();
    await page.getByText('Too many tries. Please wait a minute.').waitFor();
    expect(await page.locator('.talk.empty').innerText()).not.toMatch(/waiting/);
    expect(await page.locator('.tabs .count').count()).toBe(0);
    await page.unroute('**/api/desk/tickets?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('a.ticket').first().waitFor();
    await page.getByText(/waiting$/).waitFor();
  });

  test('a long name among those whom a ticket may go to takes no room from the button that gives it', async () => {
    const { number } = await stage.waiting();
    const [{ agent }, { page, agent: supervisor }] = [await stage.sit(), await stage.sit({}, { role: 'supervisor' })];
    const { id, departments } = agent.me;
    const name = 'Maximiliane-Alexandrina von Hohenlohe-Waldenburg-Schillingsfürst';
    await supervisor.call('POST', `/api/desk/agents/${id}`, { name, role: 'agent', departments, languages: ['en'], capacity: 10 });
    await agent.call('POST', '/api/desk/presence', { presence: 'online' });
    await page.goto(`${stage.app.url}/desk#/board`);
    await page
      .getByRole('row', { name: /Support/ })
      .getByRole('button')
      .click();
    const line = page.getByRole('dialog').getByRole('listitem').filter({ hasText: number });
    await line.getByRole('button', { name: 'Reassign' }).click();
    await line.locator('option', { hasText: name }).waitFor({ state: 'attached' });
    const [sheet, give] = [
      await page.getByRole('dialog').boundingBox(),
      await line.getByRole('button', { name: 'Hand over' }).boundingBox(),
    ];
    expect((give?.x ?? 0) + (give?.width ?? 0)).toBeLessThan((sheet?.x ?? 0) + (sheet?.width ?? 0));
  });

  // The last of them: it changes the app's departments.
  test('an agent learns that a department is closed and when it opens: at the ticket, and before they hand one on', async () => {
    const { number } = await stage.waiting();
    const { page, agent } = await stage.sit();
    const far = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7];
    const hours = `hours: { zone: Europe/Istanbul, week: { ${far}: ["09:00-10:00"] } }`;
    await writeFile(
      `${stage.app.knowledgeDir}/departments.yaml`,
      `- { id: support, name: { tr: Destek, en: Support, az: Dəstək }, ${hours} }\n- { id: finance, name: { tr: Finans, en: Finance, az: Maliyyə }, ${hours} }\n`,
    );
    const id = await until(async () => (await agent.list('all')).tickets.find((each) => each.number === number)?.id);
    await until(async () => (await agent.open(id)).opens);
    await row(page, number).click();
    await page
      .locator('.flags')
      .getByText(/Department closed until .*09:00|Department closed until .*\d\d:\d\d/)
      .waitFor();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.locator('#ticket-title').focus();
    await page.keyboard.press('t');
    await page
      .getByRole('dialog', { name: 'Transfer' })
      .getByText(/closed, opens .*\d\d:\d\d/)
      .first()
      .waitFor();
  });
});

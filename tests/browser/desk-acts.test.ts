import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';
import { axeFaults } from './stage.ts';

describeDesk('desk: acts on a ticket', (stage) => {
  const more = async (page: Page, item: RegExp) => {
    await page.getByRole('button', { name: 'More actions on this ticket' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const take = (page: Page) => page.getByRole('button', { name: 'Take', exact: true }).click();
  const clean = async (page: Page) => expect(await axeFaults(page)).toEqual([]);

  test('transfer: the ticket goes to a colleague with a note; both desks show it without a reload', async () => {
    const { number } = await stage.waiting();
    const [one, other] = [await stage.sit(), await stage.sit()];
    await row(one.page, number).click();
    await take(one.page);
    await expect.poll(() => one.page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await one.page.locator('#ticket-title').focus();
    await one.page.keyboard.press('t');
    const dialog = one.page.getByRole('dialog', { name: 'Transfer' });
    await dialog.getByRole('radio', { name: new RegExp(other.agent.me.name) }).check();
    await dialog.getByLabel('Note for colleagues').fill('You know this contact.');
    await clean(one.page);
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await one.page.getByText(`${other.agent.me.name} has this ticket.`).first().waitFor();
    await other.page.keyboard.press('2');
    await row(other.page, number).click();
    await other.page.getByText('You know this contact.').waitFor();
    await other.page.getByText(`${one.agent.me.name} handed it to ${other.agent.me.name}`).waitFor();
    await clean(other.page);
  });

  test('escalate: it waits for supervisors, one of whom takes it', async () => {
    const { number } = await stage.waiting();
    const [agent, supervisor] = [await stage.sit(), await stage.sit({}, { role: 'supervisor' })];
    await row(agent.page, number).click();
    await take(agent.page);
    await more(agent.page, /^Escalate/);
    await agent.page.getByRole('dialog', { name: 'Escalate' }).getByLabel('Note for colleagues').fill('Wants an exception.');
    await clean(agent.page);
    await agent.page.getByRole('dialog').getByRole('button', { name: 'Escalate' }).click();
    await agent.page.getByText('escalated it to the supervisors').waitFor();
    await row(supervisor.page, number).click();
    await supervisor.page.getByText('Wants an exception.').waitFor();
    await supervisor.page.locator('.flag.level').waitFor();
    await take(supervisor.page);
    await supervisor.page.locator('.give').waitFor();
  });

  test('snooze: out of sight, and back as soon as the contact writes; a draft and the focus stay where they were', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await take(page);
    await page.locator('.give').waitFor();
    await page.getByRole('textbox', { name: 'Reply' }).fill('half a sent');
    await more(page, /^Snooze/);
    await page.getByRole('dialog', { name: 'Snooze' }).getByRole('radio', { name: 'Tomorrow, 09:00' }).check();
    await clean(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
    await page.locator('.flags .flag', { hasText: 'Snoozed until' }).waitFor();
    await row(page, number).waitFor({ state: 'detached' });
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('textbox', { name: 'Reply' }).focus();
    await visitor.send('one more thing');
    await row(page, number).waitFor();
    await page.getByText('Back from snooze: the contact wrote').waitFor();
    expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('half a sent');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await clean(page);
  });

  test('a private note stands in line, for agents only', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.locator('.message').first().waitFor();
    await page.keyboard.press('i');
    await page.getByLabel('Note for colleagues').fill('Called the bank: <b>all right</b>.');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Leave the note' }).click();
    await page.locator('.private-note', { hasText: 'Called the bank: <b>all right</b>.' }).waitFor();
    await clean(page);
    await page.waitForTimeout(300);
    expect(visitor.messages.some(({ text }) => text.includes('bank'))).toBe(false);
  });

  test('reopen: by hand after the contact has written again, and both tickets stand in one conversation', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await take(page);
    await page.getByRole('textbox', { name: 'Reply' }).fill('Done.');
    await page.keyboard.press('Control+Enter');
    await until(() => visitor.messages.some(({ text }) => text === 'Done.'));
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('menuitem', { name: /^Solved/ }).click();
    await page.getByText(/Resolved .*: Solved/).waitFor();
    await visitor.send('it does not work after all');
    await page.getByRole('log').getByText('it does not work after all').waitFor();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByText(/reopened it/).waitFor();
    await page.getByRole('textbox', { name: 'Reply' }).fill('I look again.');
    await page.keyboard.press('Control+Enter');
    await until(() => visitor.messages.some(({ text }) => text === 'I look again.'));
    await clean(page);
  });

  test('merge: a supervisor compares two contacts, confirms, and sees both in one conversation', async () => {
    const one = await stage.waiting('/human');
    const other = await stage.waiting('/human');
    await other.visitor.send('it is me again, from my phone');
    const { page } = await stage.sit({}, { role: 'supervisor' });
    await row(page, one.number).click();
    await page.locator('.message').first().waitFor();
    await more(page, /^Merge with another contact/);
    const dialog = page.getByRole('dialog', { name: 'Merge with another contact' });
    await dialog.getByRole('textbox').fill(other.number);
    await dialog.getByRole('button', { name: 'Compare' }).click();
    await dialog.getByText('Is merged into it').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'merge-sure');
    await clean(page);
    await dialog.getByRole('button', { name: 'Merge for good' }).click();
    await dialog.getByText('Please confirm that you have checked it.').waitFor();
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: 'Merge for good' }).click();
    await page.getByRole('log').getByText('it is me again, from my phone').waitFor();
    await page.getByText(/merged the contact of/).waitFor();
    await clean(page);
  });

  test('a reply that failed says why and goes out again; earlier messages come on demand and what is in sight stays', async () => {
    const { visitor, number } = await stage.waiting();
    const [talk] = await stage.app.query<{ id: string; address: string }>(
      'select conversation_id as id, c.address_id as address from ticket t join conversation c on c.id = t.conversation_id where number = $1',
      [number],
    );
    await stage.app.query(
      `insert into message (conversation_id, address_id, seq, author, text, body, created_at)
       select $1, $2, -200 + n, 'contact', 'old message ' || n, '{"type":"message"}', now() - interval '2 days' + n * interval '1 minute' from generate_series(1, 120) n`,
      [talk?.id, talk?.address],
    );
    const { page } = await stage.sit();
    await row(page, number).click();
    await take(page);
    await page.getByRole('textbox', { name: 'Reply' }).fill('Can you read this?');
    await page.keyboard.press('Control+Enter');
    await page.locator('.message.agent .delivery.sent').waitFor();
    await stage.app.query(
      "update message set delivery = 'failed', failure = 'unreachable' where author = 'agent' and text = 'Can you read this?'",
    );
    await visitor.send('hello?');
    await page.locator('.delivery.failed', { hasText: 'the contact cannot be reached' }).waitFor();
    await page.locator('.message.failed').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.delivery.failed').waitFor({ state: 'detached' });
    await page.locator('.scroll[role=log]').evaluate((box) => box.scrollTo({ top: 0 }));
    const first = page.getByText('old message 60', { exact: true });
    await first.waitFor();
    await page.getByRole('button', { name: 'Earlier messages' }).click();
    await page.getByText('old message 1', { exact: true }).waitFor();
    expect(await page.getByText('old message 1', { exact: true }).evaluate((line) => line.getBoundingClientRect().bottom < 0)).toBe(true);
    await clean(page);
  });
});

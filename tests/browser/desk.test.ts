import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';

describeDesk('desk', (stage) => {
  test('a ticket comes without a reload, is claimed, answered and resolved; the visitor hears of it', async () => {
    const { page, agent } = await stage.sit();
    const { visitor, number } = await stage.waiting();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('textbox', { name: 'Reply' }).fill('Hello, I am **looking** into it.');
    await page.keyboard.press('Control+Enter');
    expect(await until(() => visitor.messages.find(({ author }) => author === 'agent'))).toMatchObject({
      text: 'Hello, I am **looking** into it.',
      name: agent.me.name,
    });
    await page.locator('.message.agent .delivery.sent').waitFor();
    expect(await page.locator('.message.agent strong').textContent()).toBe('looking');
    await expect.poll(() => page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('');
    await visitor.send('thank you, I see <b>it</b> now');
    await page.getByRole('log').getByText('thank you, I see <b>it</b> now').waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('menuitem', { name: /^Solved/ }).click();
    await page.getByText(/Resolved .*: Solved/).waitFor();
    await until(() => visitor.messages.some(({ text }) => /Was your request solved/.test(text)));
  });

  test('claim race: one has it, the other is told who', async () => {
    const { number } = await stage.waiting();
    const desks = await Promise.all([stage.sit(), stage.sit()]);
    await Promise.all(desks.map(({ page }) => row(page, number).click()));
    await Promise.all(desks.map(({ page }) => page.getByRole('button', { name: 'Take', exact: true }).waitFor()));
    // Neither has heard of the other when it asks.
    let asked = 0;
    for (const { page } of desks)
      await page.route(/\/claim$/, async (route) => {
        asked += 1;
        await until(() => asked >= 2);
        await route.continue();
      });
    await Promise.all(desks.map(({ page }) => page.keyboard.press('c')));
    const won = await Promise.all(desks.map(({ page }) => page.locator('.give, .foot-note.taken').first().getAttribute('class')));
    expect(won.filter((look) => look?.includes('give'))).toHaveLength(1);
    const [winner, loser] = won[0]?.includes('give') ? desks : [...desks].reverse();
    expect(await loser?.page.locator('.foot-note.taken').textContent()).toContain(`${winner?.agent.me.name} has this ticket`);
    await loser?.page.locator('.toast', { hasText: `${winner?.agent.me.name} has this ticket` }).waitFor();
    expect(await loser?.page.locator('textarea').count()).toBe(0);
  });

  test('a reply built on an old state is refused, shows what is new and keeps the text', async () => {
    const { page } = await stage.sit();
    const { visitor, number } = await stage.waiting();
    await row(page, number).click();
    let looks = 0;
    let held = Promise.resolve();
    await page.route(/\/api\/desk\/tickets\/\d+\?/, async (route) => {
      await held;
      looks += 1;
      const response = await route.fetch().catch(() => undefined);
      looks -= 1;
      await (response ? route.fulfill({ response }) : route.abort()).catch(() => undefined);
    });
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('It is on its way.');
    await page.getByRole('log').getByText('took it').waitFor();
    // The agent's browser has not heard yet of what the visitor writes now: what it asks from here on waits, and nothing is under way.
    const { promise, resolve: release } = Promise.withResolvers<void>();
    held = promise;
    await until(() => looks === 0);
    await visitor.send('please stop, I found it myself');
    await field.press('Control+Enter');
    await page.getByRole('alert').getByText('The contact has written since').waitFor();
    release();
    await page.getByRole('alert').getByText('please stop, I found it myself').waitFor();
    expect(await field.inputValue()).toBe('It is on its way.');
    expect(visitor.messages.filter(({ author }) => author === 'agent')).toEqual([]);
    await page.unroute(/\/api\/desk\/tickets\/\d+\?/);
    await page.getByRole('log').getByText('please stop, I found it myself').waitFor();
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await until(() => visitor.messages.find(({ author, text }) => author === 'agent' && text === 'It is on its way.'));
  });

  test('without a connection the desk says so, and the reply goes out once when it is back', async () => {
    const { page } = await stage.sit();
    const { visitor, number } = await stage.waiting();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('One moment please.');
    await page.context().setOffline(true);
    await page.getByText('The live connection is lost').waitFor();
    await field.press('Control+Enter');
    await page.getByText('The server did not confirm it yet').waitFor();
    await visitor.send('are you there?');
    await page.context().setOffline(false);
    await page.getByText('The live connection is lost').waitFor({ state: 'detached' });
    await page.getByRole('log').getByText('are you there?').waitFor();
    const send = page.getByRole('button', { name: 'Send anyway' });
    // What came meanwhile is shown first; then the same reply goes out.
    await send.click();
    await until(() => visitor.messages.some(({ author }) => author === 'agent'));
    await page.waitForTimeout(500);
    expect(visitor.messages.filter(({ author }) => author === 'agent').map(({ text }) => text)).toEqual(['One moment please.']);
  });

  test('a draft and the open ticket survive a reload; the next person at this browser sees neither', async () => {
    const { page } = await stage.sit();
    const { number } = await stage.waiting();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('half a sentence');
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe('half a sentence');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('half a sentence');
  });

  test('two tabs at one ticket: what is written in one stands in the other, and what was sent there does not swallow what is written here', async () => {
    const { page } = await stage.sit();
    const { visitor, number } = await stage.waiting();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('From the first');
    const second = await page.context().newPage();
    await second.goto(page.url());
    const other = second.getByRole('textbox', { name: 'Reply' });
    await expect.poll(() => other.inputValue()).toBe('From the first');
    await field.fill('From the first tab.');
    await expect.poll(() => other.inputValue()).toBe('From the first tab.');
    await field.press('Control+Enter');
    await expect.poll(() => other.inputValue()).toBe('');
    await second.getByRole('log').getByText('From the first tab.').waitFor();
    await other.fill('And from the second.');
    await other.press('Control+Enter');
    await until(() => visitor.messages.some(({ text }) => text === 'And from the second.'));
  });

  test('over a slow line too, who takes the next ticket may type at once: no letter is taken for a key', async () => {
    const [first, next] = [await stage.waiting(), await stage.waiting()];
    // The first in line, also before what comes back from agents of other tests, who are gone.
    await stage.app.query("update ticket set line_at = line_at - interval '1 hour' where number = any($1)", [[first.number, next.number]]);
    const { page } = await stage.sit();
    await row(page, first.number).click();
    await page.locator('.message').first().waitFor();
    await page.route('**/api/desk/tickets/**', async (route) => {
      await new Promise((done) => setTimeout(done, 300));
      await route.continue().catch(() => undefined);
    });
    for (const { visitor, number } of [first, next]) {
      await page.keyboard.press('n');
      await page.locator('#ticket-title', { hasText: number }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
      // All that is behind the first look has happened when a frame has passed.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
      await page.keyboard.type('bexit: we are at it');
      await page.keyboard.press('Control+Enter');
      await until(() => visitor.messages.some(({ text }) => text === 'bexit: we are at it'));
      await page.keyboard.press('Escape');
    }
  });

  test('everything by keyboard: list, open, take, write, send, resolve', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).waitFor();
    const at = () => page.evaluate(() => document.activeElement?.closest('a.ticket')?.textContent ?? '');
    for (let n = 0; n < 20 && !(await at()).includes(number); n += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('ticket-title');
    await page.keyboard.press('c');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.keyboard.type('Done by hand.');
    await page.keyboard.press('Control+Enter');
    await until(() => visitor.messages.some(({ text }) => text === 'Done by hand.'));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('ticket-title');
    await page.keyboard.press('e');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/Not solved/);
    await page.keyboard.press('Enter');
    await page.getByText(/Resolved .*: Not solved/).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { signIn } from '../setup/desk.ts';
import { isSigned, startReceiver } from '../setup/receiver.ts';
import { until } from '../setup/until.ts';
import { describeDesk } from './desk-stage.ts';
import { axeFaults } from './stage.ts';

describeDesk(
  'supervisors’ pages',
  (stage) => {
    const go = (page: Awaited<ReturnType<typeof stage.sit>>['page'], place: string) => page.goto(`${stage.app.url}/desk#/${place}`);

    test('somebody is invited, works, is disabled: their ticket is back in line, and the board follows without a reload', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await go(page, 'agents');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Rana');
      await page.getByLabel('E-mail').fill('rana@demobet.example');
      await page.getByLabel('Support').check();
      await page.getByRole('button', { name: 'Create the link' }).click();
      const link = await page.getByLabel('One-time link').inputValue();
      await page.getByRole('button', { name: 'Done' }).click();

      const theirs = await stage.open(link.replace(/^https?:\/\/[^/]+/, ''));
      await theirs.locator('input[type=password]').fill('a long password');
      await theirs.getByRole('button', { name: 'Set the password and sign in' }).click();
      await theirs.locator('.lists').waitFor();
      await go(page, 'board');
      const tile = (name: string) => page.locator('.tile', { hasText: name }).locator('dd');
      await expect.poll(() => tile('Waiting').textContent()).toBe('0');
      await stage.waiting();
      await expect.poll(() => tile('Waiting').textContent()).toBe('1');
      await theirs.getByRole('button', { name: 'Take next' }).click();
      await theirs.getByRole('textbox', { name: 'Reply' }).waitFor();
      await expect.poll(() => tile('Waiting').textContent()).toBe('0');
      await expect.poll(() => page.locator('.loads li', { hasText: 'Rana' }).textContent()).toMatch(/1 of 10/);

      await go(page, 'agents');
      await page.getByRole('button', { name: 'What to do with Rana' }).click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
      await page.getByText('Rana is disabled. Tickets back in line: 1.').waitFor();
      await page.locator('.person.off', { hasText: 'Rana' }).waitFor();
      await go(page, 'board');
      await expect.poll(() => tile('Waiting').textContent()).toBe('1');
      await theirs.reload();
      await theirs.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
    });

    test('a supervisor listens in to what an agent has, without a place to write, and takes it over; both acts are written down', async () => {
      const { page, agent } = await stage.sit({}, { role: 'supervisor' });
      const { agent: other } = await stage.sit();
      const { number } = await stage.waiting();
      const ticket = await until(async () => (await agent.list()).tickets.find((each) => each.number === number));
      await other.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
      await go(page, 'board');
      await page.getByRole('button', { name: 'Support', exact: true }).click();
      await page.locator('.board-tickets li', { hasText: number }).getByRole('link', { name: 'Listen in' }).click();
      await page.getByText('Listening in').waitFor();
      await page.locator('.message').first().waitFor();
      expect(await page.locator('textarea').count()).toBe(0);
      await page.getByRole('button', { name: 'Take over', exact: true }).click();
      await page.getByRole('textbox', { name: 'Reply' }).waitFor();
      expect((await agent.list('mine')).tickets.map((each) => each.number)).toContain(number);
      expect((await other.list('mine')).tickets.map((each) => each.number)).not.toContain(number);
      await go(page, 'audit');
      await page.getByLabel('Ticket', { exact: true }).fill(number);
      await page.locator('.acts-list li', { hasText: 'Listened in' }).first().waitFor();
      await page.locator('.acts-list li', { hasText: 'handed on' }).first().waitFor();
    });

    test('the knowledge box says what the bot would answer, and why', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await go(page, 'knowledge');
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByLabel('What would somebody write?').fill('how long does a withdrawal take');
      await page.keyboard.press('Enter');
      await page.getByText('Withdrawal time (money/payout-time)').waitFor();
      expect(await page.locator('.try-text').textContent()).toContain('24 hours');
      expect(await axeFaults(page)).toEqual([]);
    });

    test('the audit is filtered and exported as it is filtered', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await go(page, 'audit');
      await page.getByLabel('What', { exact: true }).selectOption('sign-in');
      await expect.poll(async () => new Set(await page.locator('.acts-list strong').allTextContents())).toEqual(new Set(['Sign-in']));
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export CSV' }).click()]);
      const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
      expect(lines[0]).toBe('id,at,kind,agentId,agent,ticket,data');
      expect(lines.slice(1).every((line) => line.includes('"sign-in"'))).toBe(true);
      expect(lines.length).toBeGreaterThan(1);
    });

    test('an answer to what was asked of the audit before does not take the place of a later one', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      // Something else than sign-ins: a new agent.
      await signIn(stage.app);
      const late = Promise.withResolvers<void>();
      let asked = 0;
      await page.route(/\/api\/desk\/audit(\?|$)/, async (route) => {
        const response = await route.fetch();
        if (++asked === 1) await late.promise;
        await route.fulfill({ response });
      });
      const told = async () => [...new Set(await page.locator('.acts-list strong').allTextContents())];
      await page.goto(`${stage.app.url}/desk#/audit`);
      await page.getByLabel('What', { exact: true }).selectOption('sign-in');
      await expect.poll(told).toEqual(['Sign-in']);
      const answered = page.waitForResponse((response) => new URL(response.url()).search === '');
      late.resolve();
      await (await answered).finished();
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
      expect(await told()).toEqual(['Sign-in']);
    });

    test('what is saved by a double click is saved once', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      const late = Promise.withResolvers<void>();
      let posts = 0;
      await page.route('**/api/desk/notices', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        posts += 1;
        await late.promise;
        await route.continue();
      });
      await go(page, 'notices');
      await page.getByRole('button', { name: 'New notice' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('English').fill('Paying in is slow.');
      await dialog.getByRole('checkbox').first().check();
      await dialog.getByRole('button', { name: 'Let the bot say it' }).dblclick();
      late.resolve();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => page.locator('.announcement').count()).toBe(1);
      expect(posts).toBe(1);
    });

    test('a ticket that is taken over late takes nobody away from where they have gone on', async () => {
      const { number } = await stage.waiting();
      const { page } = await stage.sit({}, { role: 'supervisor' });
      const [ticket] = await stage.app.query<{ id: string }>('select id from ticket where number = $1', [number]);
      const late = Promise.withResolvers<void>();
      await page.route('**/claim', async (route) => {
        const response = await route.fetch();
        await late.promise;
        await route.fulfill({ response });
      });
      await go(page, `listen/${ticket?.id}`);
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await go(page, 'announce');
      await page.getByRole('button', { name: 'New announcement' }).click();
      await page.getByLabel('English').fill('half a sent');
      const answered = page.waitForResponse('**/claim');
      late.resolve();
      await (await answered).finished();
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
      expect(await page.getByLabel('English').inputValue()).toBe('half a sent');
    });

    test('earlier acts are those of the filter that is chosen, also while its own are still on their way', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await stage.app.query("insert into event (kind) select 'export' from generate_series(1, 300)");
      await page.route(/\/api\/desk\/audit\?kind=sign-in$/, async () => undefined);
      await go(page, 'audit');
      await page.getByRole('button', { name: 'Show earlier' }).waitFor();
      await page.getByLabel('What', { exact: true }).selectOption('sign-in');
      await page.getByRole('button', { name: 'Show earlier' }).waitFor({ state: 'detached' });
    });

    test('the secret of a new webhook is shown, the once that it is, also to who closed the form before it came', async () => {
      const { page } = await stage.sit({}, { role: 'supervisor' });
      const late = Promise.withResolvers<void>();
      await page.route('**/api/desk/webhooks', async (route) => {
        if (route.request().method() === 'POST') await late.promise;
        await route.continue();
      });
      await go(page, 'webhooks');
      await page.getByRole('button', { name: 'Add a webhook' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Address').fill(`${stage.app.url}/nowhere`);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      late.resolve();
      await expect.poll(() => dialog.getByLabel('Secret', { exact: true }).inputValue()).toMatch(/.{20}/);
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.locator('.hooks li', { hasText: '/nowhere' }).getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Remove: sure?' }).click();
      await page.locator('.hooks li', { hasText: '/nowhere' }).waitFor({ state: 'detached' });
    });

    test('a webhook that was added on the page is delivered to a real server, signed with the secret that was shown', async () => {
      const receiver = await startReceiver();
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await go(page, 'webhooks');
      await page.getByRole('button', { name: 'Add a webhook' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Address').fill('http://hooks.example.com/');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('This address cannot be used').waitFor();
      await dialog.getByLabel('Address').fill(receiver.url);
      await dialog.getByRole('button', { name: 'Save' }).click();
      const secret = await dialog.getByLabel('Secret', { exact: true }).inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      const { number } = await stage.waiting();
      const told = await until(() => receiver.got.find(({ data }) => data['number'] === number));
      expect(told.type).toBe('ticket');
      expect(isSigned(told, secret)).toBe(true);
      await page.getByText(/Last delivered/).waitFor();
      // A new secret makes the old one worthless: it is asked first, and a double click is no second thought.
      await page.getByRole('button', { name: 'New secret', exact: true }).dblclick();
      await page.getByRole('button', { name: 'New secret: sure?' }).click();
      await expect.poll(() => dialog.getByLabel('Secret', { exact: true }).inputValue()).not.toBe(secret);
      await receiver.stop();
    });
  },
  { WEBHOOK_PRIVATE: 'true' },
);

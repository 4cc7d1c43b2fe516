import { afterAll, expect, test } from 'vitest';
import { startTelegram, token } from '../bots/telegram/double.ts';
import { describeDesk } from './desk-stage.ts';
import { axeFaults } from './stage.ts';

const telegram = await startTelegram();
afterAll(() => telegram.close());

describeDesk(
  'announcements to single contacts',
  (stage) => {
    test('contacts are found as one types and chosen by keyboard, taken away again, and told', async () => {
      for (const [name, chat] of [
        ['İlkay Işık', 5001],
        ['İlkay Demir', 5002],
      ] as const)
        await stage.app.query(
          "with k as (insert into contact (name, key) values ($1, ''::bytea) returning id) insert into address (contact_id, channel, value) select id, 'telegram', $2 from k",
          [name, `{"chat":${chat}}`],
        );
      const { page } = await stage.sit({}, { role: 'supervisor' });
      await page.goto(`${stage.app.url}/desk#/announce`);
      await page.getByRole('button', { name: 'New announcement' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('English').fill('Your case is settled.');
      const field = dialog.getByRole('combobox', { name: 'Single contacts' });
      const options = dialog.getByRole('option', { name: /İlkay/ });
      const taken = dialog.getByRole('button', { name: /^Remove İlkay/ });
      await field.focus();
      await page.keyboard.type('ilkay');
      await expect.poll(() => field.getAttribute('aria-busy')).toBe('false');
      await expect.poll(() => options.count()).toBe(2);
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect.poll(() => taken.count()).toBe(1);
      await page.keyboard.type('ilkay');
      await expect.poll(() => field.getAttribute('aria-busy')).toBe('false');
      // Whoever is chosen is not offered again.
      await expect.poll(() => options.count()).toBe(1);
      await page.keyboard.press('Enter');
      await expect.poll(() => taken.count()).toBe(2);
      await page.keyboard.type('nobody like this');
      await dialog.getByText('Nobody like this whom we can write to.').waitFor();
      await page.keyboard.press('Escape');
      expect(await field.inputValue()).toBe('');
      expect(await dialog.isVisible()).toBe(true);
      await page.keyboard.press('Backspace');
      await expect.poll(() => taken.count()).toBe(1);
      expect(await axeFaults(page)).toEqual([]);
      const kept = ((await taken.getAttribute('aria-label')) ?? '').replace('Remove ', '');
      await dialog.getByRole('button', { name: 'Announce' }).click();
      const line = page.locator('.announcement', { hasText: 'Your case is settled.' });
      await line.locator('.announcement-places strong', { hasText: kept }).waitFor();
      await expect.poll(() => line.locator('.announcement-places li').count()).toBe(1);
    });

    test('what was done stands in the audit in words, in the language of the screen, and no code shows', async () => {
      const { page, agent } = await stage.sit({ locale: 'tr' }, { role: 'supervisor' });
      const { number } = await stage.waiting();
      const id = (await agent.list('all')).tickets.find((each) => each.number === number)?.id;
      await agent.call('POST', '/api/desk/presence', { presence: 'online' });
      await agent.call('POST', `/api/desk/tickets/${id}/claim`);
      await agent.call('POST', `/api/desk/tickets/${id}/urgency`, { urgency: 'high' });
      await agent.call('POST', `/api/desk/tickets/${id}/snooze`, { until: new Date(Date.now() + 7_200_000).toISOString() });
      await agent.call('POST', `/api/desk/tickets/${id}/transfer`, { department: 'finance' });
      await page.goto(`${stage.app.url}/desk#/audit`);
      const line = (text: string) => page.locator('.acts-list li', { hasText: text }).first();
      await line('devredildi').getByText('Yeni: Finans').waitFor();
      await line('öncelik').getByText('Öncelik: Yüksek').waitFor();
      await line('ertelendi')
        .getByText(/Ne zamana kadar: .*\d\d:\d\d/)
        .waitFor();
      await line('Giriş')
        .getByText(/Yöntem: (şifre|tek kullanımlık bağlantı)/)
        .waitFor();
      const told = await page.locator('.acts-list small').allInnerTexts();
      expect(told.filter((text) => /[{}=_]|undefined|\[object/.test(text))).toEqual([]);
      expect(await axeFaults(page)).toEqual([]);
    });
  },
  { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root },
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';

describeDesk('replies of an agent over a bad network', (stage) => {
  test.each([1, 2, 3])(
    'each that was sent arrives once and in order, whatever its agent does meanwhile (seed %i)',
    { timeout: 180_000 },
    async (seed) => {
      const { page } = await stage.sit();
      const tickets = [await stage.waiting(), await stage.waiting()].map((ticket) => ({ ...ticket, sent: [] as string[] }));
      for (const { number } of tickets) {
        await page.getByRole('link', { name: /^Waiting/ }).click();
        await row(page, number).click();
        await page.locator('#ticket-title', { hasText: number }).waitFor();
        await page.getByRole('button', { name: 'Take', exact: true }).click();
        await page.waitForURL(/#\/mine/);
      }
      let line: 'good' | 'answers are lost' | 'nothing comes through' | 'the server fails' = 'good';
      await page.route(/\/reply$/, async (route) => {
        if (line === 'answers are lost') await route.fetch();
        if (line === 'good') await route.continue();
        else if (line === 'the server fails') await route.fulfill({ status: 502, body: 'bad gateway' });
        else await route.abort();
      });
      let open = 1;
      const field = page.getByRole('textbox', { name: 'Reply' });
      const show = async (n: number) => {
        open = n;
        await row(page, tickets[n]?.number ?? '').click();
        await page.locator('#ticket-title', { hasText: tickets[n]?.number }).waitFor();
        await field.waitFor();
      };
      const acts = [
        async () => {
          const { sent, number } = tickets[open] as (typeof tickets)[number];
          if ((await field.getAttribute('readonly')) !== null || (await field.inputValue()) !== '') return;
          const text = `${number} reply ${sent.length + 1}`;
          await field.fill(text);
          await field.press('Control+Enter');
          sent.push(text);
        },
        () => show(1 - open),
        async () => {
          await page.reload();
          await field.waitFor();
        },
        async () => {
          line = 'good';
        },
        async () => {
          line = 'answers are lost';
        },
        async () => {
          line = 'nothing comes through';
        },
        async () => {
          line = 'the server fails';
        },
        () => page.waitForTimeout(700),
      ];
      const weights = [4, 2, 1, 3, 1, 1, 1, 2];
      const some = fc.oneof(...acts.map((act, n) => ({ weight: weights[n] ?? 1, arbitrary: fc.constant(act) })));
      for (const act of fc.sample(some, { seed, numRuns: 60 })) await act();

      line = 'good';
      for (const n of [0, 1]) {
        await show(n);
        await expect.poll(() => field.inputValue()).toBe('');
      }
      expect(tickets.flatMap(({ sent }) => sent).length).toBeGreaterThan(2);
      for (const { visitor, sent } of tickets) {
        const heard = () => visitor.messages.filter(({ author }) => author === 'agent').map(({ text }) => text);
        await until(() => heard().length >= sent.length);
        expect(heard()).toEqual(sent);
      }
    },
  );
});

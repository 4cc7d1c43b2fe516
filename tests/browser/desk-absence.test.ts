import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';
import { describeDesk, row } from './desk-stage.ts';

const secret = 'a secret that host pages sign with';

describeDesk(
  'who is at the desk',
  (stage) => {
    /** As if the agent's laptop had been closed for so many seconds: no heartbeat since. */
    const silentFor = (agentId: number, seconds: number) =>
      stage.app.query('update agent set seen_at = now() - make_interval(secs => $2) where id = $1', [agentId, seconds]);

    test('nobody online: the contact is told so and the ticket waits; whoever comes first finds it', async () => {
      const visitor = await visit(stage.app.url, { language: 'en' });
      await visitor.send('/human');
      const number = await until(() => visitor.state()?.ticket?.number);
      const told = await until(() => visitor.messages.find(({ author, text }) => author === 'bot' && text.includes(number)));
      expect(told.text).toContain('None of our colleagues is online right now');
      const { page } = await stage.sit();
      await row(page, number).click();
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await page.getByRole('textbox', { name: 'Reply' }).fill('Good morning, here I am.');
      await page.keyboard.press('Control+Enter');
      await until(() => visitor.messages.some(({ author, text }) => author === 'agent' && text === 'Good morning, here I am.'));
      visitor.close();
    });

    test('a reload keeps a ticket; a laptop that stays closed gives it back, and the desk says so when it opens again', async () => {
      const { visitor, number } = await stage.waiting();
      const mine = await stage.sit();
      const colleague = await stage.sit();
      await row(mine.page, number).click();
      await mine.page.getByRole('button', { name: 'Take', exact: true }).click();
      await mine.page.locator('.give').waitFor();
      await mine.page.reload();
      await mine.page.locator('.give').waitFor();

      await mine.page.context().setOffline(true);
      await until(async () => {
        await silentFor(mine.agent.me.id, 60);
        return visitor.state()?.owner === 'queue';
      }, 15_000);
      await row(colleague.page, number).click();
      await colleague.page.getByText(`Back in line: ${mine.agent.me.name} is gone`).first().waitFor();
      await colleague.page.getByRole('button', { name: 'Take', exact: true }).click();
      await colleague.page.locator('.give').waitFor();

      await mine.page.context().setOffline(false);
      await mine.page.locator('.foot-note.taken').filter({ hasText: colleague.agent.me.name }).waitFor();
      expect(await mine.page.getByRole('textbox', { name: 'Reply' }).count()).toBe(0);
    });

    test('after a long time without a connection nothing is missing, neither in the conversation nor in the list', async () => {
      const { visitor, number } = await stage.waiting();
      const { page, agent } = await stage.sit();
      await row(page, number).click();
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await page.locator('.give').waitFor();
      await page.context().setOffline(true);
      for (let n = 1; n <= 8; n++) await visitor.send(`line ${n} of a long story`);
      const { number: later } = await stage.waiting('I want to talk to a human being');
      // More happened than a desk is told one by one: it has to read everything anew.
      await stage.app.query("insert into event (kind, data) select 'settings', '{}' from generate_series(1, 2500)");
      await silentFor(agent.me.id, 30);
      await page.context().setOffline(false);
      for (let n = 1; n <= 8; n++)
        await page.getByRole('log').getByText(`line ${n} of a long story`, { exact: true }).waitFor({ timeout: 15_000 });
      await page.getByRole('link', { name: /^Waiting/ }).click();
      await row(page, later).waitFor({ timeout: 15_000 });
    });

    test('a member comes first, and whoever has waited long comes before a member: nobody starves', async () => {
      const { page } = await stage.sit();
      // Nobody else waits: the tickets of the other tests are done with.
      await stage.app.query(
        "update ticket set state = 'resolved', outcome = 'solved', resolved_at = now(), assignee_id = null where state <> 'resolved'",
      );
      await stage.app.query("update conversation set owner = 'bot', handled_seq = heard_seq, waiting_since = null where owner <> 'bot'");
      const member = await new SignJWT({ sub: 'player-vip', tier: 'gold' })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(secret));
      const old = await stage.waiting();
      await stage.app.query(
        "update ticket set line_at = line_at - interval '10 minutes', first_answer_due = first_answer_due - interval '10 minutes' where number = $1",
        [old.number],
      );
      const fresh = await stage.waiting();
      await stage.app.query("update ticket set line_at = line_at + interval '2 minutes' where number = $1", [fresh.number]);
      const vip = await visit(stage.app.url, { language: 'en', identity: member });
      await vip.send('/human');
      const number = await until(() => vip.state()?.ticket?.number);
      const order: string[] = [];
      for (let n = 0; n < 3; n++) {
        await page
          .getByRole('button', { name: /Take next/ })
          .first()
          .click();
        const heading = page.locator('.ticket-head, header', { hasText: /\d{4}-[A-Z0-9]/ }).last();
        order.push(
          await until(async () => {
            const seen = /\d{4}-[A-Z0-9]/.exec((await heading.textContent().catch(() => '')) ?? '')?.[0];
            return seen && !order.includes(seen) ? seen : undefined;
          }),
        );
      }
      expect(order).toEqual([old.number, number, fresh.number]);
      vip.close();
    });
  },
  { WIDGET_SECRET: secret },
);

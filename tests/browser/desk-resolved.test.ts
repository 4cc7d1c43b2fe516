import { test } from 'vitest';
import { describeDesk } from './desk-stage.ts';

describeDesk('desk: resolved tickets without end', (stage) => {
  /** So many resolved tickets, the newest of contact 1. */
  const resolved = (count: number) =>
    stage.app.query(
      `with people as (insert into contact (name, key) select 'Contact ' || n, ''::bytea from generate_series(1, $1::int) n order by n returning id, name),
        places as (insert into address (contact_id, channel, value) select id, 'web', 'old-' || id from people returning id, contact_id),
        talks as (insert into conversation (contact_id, address_id, closed_at) select contact_id, id, now() from places returning id, contact_id, address_id)
        insert into ticket (number, conversation_id, contact_id, department, reason, language, line_at, first_answer_due, resolution_due, state, outcome, resolved_at)
        select 'R' || t.id, t.id, t.contact_id, 'support', 'asked', 'en', now(), now(), now(), 'resolved', 'solved',
          now() - split_part(p.name, ' ', 2)::int * interval '1 minute' from talks t join people p on p.id = t.contact_id`,
      [count],
    );

  test('what changes while a further page comes stands in the list too', async () => {
    const { page } = await stage.sit();
    await resolved(150);
    // The answer with the change comes after the further page was asked for.
    const further = Promise.withResolvers<void>();
    await page.route(/\/api\/desk\/tickets\?/, async (route) => {
      const { searchParams } = new URL(route.request().url());
      if (searchParams.has('only')) await further.promise;
      await route.continue();
    });
    await page.goto(`${stage.app.url}/desk#/resolved`);
    await page.locator('a.ticket', { hasText: 'Contact 2' }).first().waitFor();
    const changing = page.waitForRequest(/only=/);
    await stage.app.query(
      `with renamed as (update contact set name = 'Somebody else' where name = 'Contact 1' returning id)
        insert into event (conversation_id, kind) select c.id, 'ticket' from conversation c join renamed on renamed.id = c.contact_id`,
    );
    await changing;
    const paging = page.waitForRequest(/after=/);
    const list = page.locator('.scroll', { has: page.locator('a.ticket') });
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await paging;
    further.resolve();
    await list.evaluate((box) => box.scrollTo(0, 0));
    await page.locator('a.ticket', { hasText: 'Somebody else' }).waitFor();
    await page.locator('a.ticket', { hasText: 'Contact 2' }).first().waitFor();
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { hasDovecot } from './dovecot.ts';
import { type MailApp, startMailApp } from './mail-app.ts';
import { answer } from './person.ts';

let all: MailApp;
beforeAll(async () => {
  if (hasDovecot) all = await startMailApp();
});
afterAll(() => all?.end());

test.skipIf(!hasDovecot)(
  'a letter is handed over, an agent answers by mail, the answer to that reaches the agent, and the bot keeps out of it',
  async () => {
    const { app } = all;
    const agent = await signIn(app);
    await agent.call('POST', '/api/desk/presence', { presence: 'online' });
    const person = all.person();
    await person.mail({ subject: 'Para çekim', text: 'I want to talk to a human being please' });
    const receipt = await until(() => person.mails().find(({ mail }) => /\d{4,}-[A-Z]/.test(mail.text ?? '')));
    const number = /\d{4,}-[A-Z]/.exec(receipt.mail.text ?? '')?.[0];
    expect(receipt.mail.subject).toBe(`Re: Para çekim [${number}]`);
    expect(receipt.header('auto-submitted')).toBe('auto-replied');

    const ticket = await until(async () => (await agent.list()).tickets.find((each) => each.number === number));
    expect((await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`)).status).toBeLessThan(300);
    const { heardSeq } = await agent.open(ticket.id);
    const said = await agent.call('POST', `/api/desk/tickets/${ticket.id}/reply`, {
      id: crypto.randomUUID(),
      text: 'Please send **your name**.',
      seenSeq: heardSeq,
    });
    expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
    const letter = await until(() => person.mails().find(({ mail }) => /your name/.test(mail.text ?? '')));
    expect(letter.header('auto-submitted')).toBeUndefined();
    expect(letter.mail.html).toContain('<strong>your name</strong>');
    expect(letter.mail.text).not.toContain('You can simply reply');

    const before = person.mails().length;
    await person.mail(answer('Deniz Kaya 7123', letter));
    await until(async () => (await agent.open(ticket.id)).messages.some(({ text }) => text === 'Deniz Kaya 7123'));
    await person.mail({ ...answer('I am away 7124', letter), headers: { 'Auto-Submitted': 'auto-replied' } });
    await until(async () => (await agent.open(ticket.id)).messages.some(({ text }) => text === 'I am away 7124'));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(person.mails().length).toBe(before);

    expect((await agent.call('POST', `/api/desk/tickets/${ticket.id}/resolve`, { outcome: 'solved' })).status).toBeLessThan(300);
    const farewell = await until(() => person.mails()[before]);
    expect(farewell.mail.text).toMatch(/has been closed[\s\S]*Was your request solved\?[\s\S]*1\. Yes/);
    await person.mail(answer('1', farewell));
    const score = await until(() => person.mails().find(({ mail }) => /How satisfied/.test(mail.text ?? '')));
    expect(person.mails()).toHaveLength(before + 2);
    expect(farewell.mail.html).toMatch(/<a [^>]*href="[^"]*\/survey\/[^"]+\?solved=yes"/);

    // Thanks open nothing; what is left to say opens the same case again.
    await person.mail(answer('Thank you very much!', score));
    await until(() => person.mails()[before + 2]);
    expect((await agent.open(ticket.id)).ticket.state).toBe('resolved');
    await person.mail(answer('It has still not arrived, please look again', score));
    const again = await until(() => person.mails()[before + 3]);
    expect(again.mail.text).toContain(number);
    expect(again.mail.text).toContain('reopened it');
    expect((await agent.list()).tickets.map((each) => each.number)).toContain(number);
    expect((await agent.open(ticket.id)).ticket.state).toBe('waiting');

    // A week later it is another case, linked with the first.
    await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
    await agent.call('POST', `/api/desk/tickets/${ticket.id}/resolve`, { outcome: 'not-solved' });
    await all.app.query("update ticket set resolved_at = resolved_at - interval '8 days' where id = $1", [ticket.id]);
    await person.mail(answer('I want to talk to a human being again', again));
    const next = await until(async () => (await agent.list()).tickets.find((each) => each.number !== number));
    expect((await agent.open(next.id)).around.links.map((each) => each.number)).toEqual([number]);
  },
  60_000,
);

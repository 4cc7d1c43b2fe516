import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSurveyLinks } from '../../src/handoff/survey-link.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { act } from '../setup/tickets.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';

const secret = 'a secret key for tests, nothing else at all';
let app: TestApp;
let agent: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  agent = await signIn(app);
});
afterAll(() => app.end());

const links = createSurveyLinks({ secret, origin: () => app.url });

/** A ticket that was answered (or not) and resolved, and the link to its survey. */
async function resolved(outcome = 'solved', answered = true): Promise<{ id: number; number: string; link: string }> {
  const visitor = await visit(app.url, { language: 'tr' });
  await visitor.send('/human');
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await agent.list()).tickets.find((each) => each.number === number)?.id);
  await agent.call('POST', `/api/desk/tickets/${id}/claim`);
  const { heardSeq } = await agent.open(id);
  if (answered) await agent.call('POST', `/api/desk/tickets/${id}/reply`, { id: crypto.randomUUID(), text: 'Done.', seenSeq: heardSeq });
  expect((await agent.call('POST', `/api/desk/tickets/${id}/resolve`, { outcome })).status).toBe(200);
  visitor.close();
  return { id, number, link: links.url(id) ?? '' };
}

const rowOf = async (id: number) =>
  (await app.query<{ solved: boolean; score: number; comment: string }>('select * from survey where ticket_id = $1', [id]))[0];
/** How often the contact of a ticket was asked. */
const asked = async (id: number) =>
  (
    await app.query(
      "select 1 from message m join ticket t on t.conversation_id = m.conversation_id where t.id = $1 and m.body ->> 'type' = 'choices' and m.author = 'system'",
      [id],
    )
  ).length;
const send = (link: string, answers: Record<string, string>) => fetch(link, { method: 'POST', body: new URLSearchParams(answers) });

test.each([
  ['that was solved is asked once', 'solved', true, 1],
  ['that was not solved too', 'not-solved', true, 1],
  ['that nobody answered is not asked', 'solved', false, 0],
  ['whose contact stopped writing is not asked', 'no-answer', true, 0],
  ['that was spam is not asked', 'spam', true, 0],
])('about a ticket %s', async (_, outcome, answered, times) => {
  const { id } = await resolved(outcome, answered);
  expect([await asked(id), (await rowOf(id)) ? 1 : 0]).toEqual([times, times]);
});

test('who was written to first is not asked, and who has answered is not asked again when the ticket is taken up and resolved once more', async () => {
  const { id, link } = await resolved();
  await send(link, { solved: 'no', score: '1', comment: 'it came back' });
  expect((await act(agent, id, 'reopen')).status).toBe(200);
  expect((await act(agent, id, 'resolve', { outcome: 'solved' })).status).toBe(200);
  expect([await asked(id), await rowOf(id)]).toMatchObject([1, { solved: false, score: 1 }]);
  const { around, ticket } = await agent.open(id);
  const opening = { addressId: around.places[0]?.id, department: ticket.department, id: crypto.randomUUID(), text: 'Is it well now?' };
  const { ticketId } = (await act(agent, id, 'start', opening)).body;
  expect((await act(agent, ticketId, 'resolve', { outcome: 'solved' })).status).toBe(200);
  expect(await rowOf(ticketId)).toBeUndefined();
});

test('following a link stores nothing: mail programs follow links by themselves; what it says is only chosen', async () => {
  const { id, number, link } = await resolved();
  const page = await fetch(`${link}?solved=no`);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  const html = await page.text();
  expect(html).toContain(number);
  expect(html).toMatch(/value="no" checked/);
  expect(html).toContain('name="robots" content="noindex"');
  expect(await rowOf(id)).toMatchObject({ solved: null, score: null });
});

test('what is sent is stored, once, with the comment masked; later nothing more is asked', async () => {
  const { id, link } = await resolved();
  const thanks = await send(link, { solved: 'yes', score: '5', comment: 'my card is 4111 1111 1111 1111' });
  expect(thanks.status).toBe(200);
  // Nobody who has answered is asked again.
  expect(await thanks.text()).toContain('<h1>Görüşleriniz için teşekkür ederiz!</h1>');
  expect(await rowOf(id)).toMatchObject({ solved: true, score: 5, comment: expect.not.stringContaining('4111 1111') });
  await send(link, { solved: 'no', score: '1' });
  expect(await rowOf(id)).toMatchObject({ solved: true, score: 5 });
  expect(await (await fetch(link)).text()).not.toContain('<form class="form"');
});

test('half an answer is kept, nonsense is not, and the page asks for the rest', async () => {
  const { id, link } = await resolved();
  expect(await (await send(link, { solved: 'perhaps', score: '9' })).text()).toContain('<form class="form"');
  await send(link, { solved: 'no' });
  expect(await rowOf(id)).toMatchObject({ solved: false, score: null });
  expect(await (await fetch(link)).text()).toMatch(/value="no" checked/);
});

test('a form with nothing in it is asked again, in words', async () => {
  const { link } = await resolved();
  const page = await (await send(link, { comment: '  ' })).text();
  expect(page).toContain('<p class="fault" role="alert">Lütfen sorulardan en az birini yanıtlayın.</p>');
  expect(await (await fetch(link)).text()).not.toContain('role="alert"');
});

test('a link that opens nothing says so in the language of the browser', async () => {
  const asked = (language: string) => fetch(`${app.url}/survey/x`, { headers: { 'accept-language': language } }).then((got) => got.text());
  expect(await asked('az-AZ,az;q=0.9')).toContain('Bu keçidin müddəti bitib');
  expect(await asked('de, en;q=0.5')).toContain('This link has expired');
});

test('a forged, foreign or old link opens nothing', async () => {
  const { id, link } = await resolved();
  const forged = link.replace(/survey\/\d+/, `survey/${id + 1}`);
  const old = `${app.url}/survey/${id}.1.aaaaaaaaaaaaaaaaaaaaaaaa`;
  for (const each of [forged, old, `${app.url}/survey/x`]) {
    expect((await fetch(each)).status).toBe(410);
    expect((await send(each, { solved: 'yes' })).status).toBe(410);
  }
  expect(await rowOf(id)).toMatchObject({ solved: null });
  const token = new URL(link).pathname.slice('/survey/'.length);
  expect(links.read(token, new Date(Date.now() + 29 * 86_400_000))).toBe(id);
  expect(links.read(token, new Date(Date.now() + 32 * 86_400_000))).toBeUndefined();
});

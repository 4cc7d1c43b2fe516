import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { type DeskAgent, signIn } from '../setup/desk.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { until } from '../setup/until.ts';
import { type Visitor, visit } from '../setup/visitor.ts';

const offer = `department: support
policy: answer
offer: true
en:
  title: Welcome bonus
  questions: [what is the welcome bonus, how do I get the welcome bonus, bonus for new members, do you have a bonus, which bonus can I get, is there a bonus now]
  answer: Take the bonus of 1,000 TRY today!
`;

let app: TestApp;
let supervisor: DeskAgent;
beforeAll(async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
  await cp(smallKnowledge, dir, { recursive: true });
  await writeFile(path.join(dir, 'welcome.yaml'), offer);
  app = await startTestApp({ KNOWLEDGE_DIR: dir });
  supervisor = await signIn(app, { role: 'supervisor' });
});
afterAll(() => app.end());

const ticketOf = async (visitor: Visitor) => {
  const number = await until(() => visitor.state()?.ticket?.number);
  const id = await until(async () => (await supervisor.list('all')).tickets.find((ticket) => ticket.number === number)?.id);
  return { number, id };
};

async function protectedVisitor(): Promise<{ visitor: Visitor; number: string; id: number }> {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('I want to kill myself');
  return { visitor, ...(await ticketOf(visitor)) };
}

test('who asks for a bonus gets it; a contact that a safety ticket protects gets a person instead, by question and by an old button', async () => {
  const other = await visit(app.url, { language: 'en' });
  await other.send('how do I get the welcome bonus?');
  expect((await other.said(0)).text).toMatch(/1,000 TRY/);
  other.close();
  const { visitor, id } = await protectedVisitor();
  await supervisor.call('POST', `/api/desk/tickets/${id}/claim`);
  await supervisor.call('POST', `/api/desk/tickets/${id}/resolve`, { outcome: 'solved' });
  await until(() => visitor.state()?.owner === 'bot');
  for (const send of [
    () => visitor.send('how do I get the welcome bonus?'),
    () => visitor.send('Welcome bonus', { choice: 'topic:welcome~1' }),
  ]) {
    await send();
    const next = await ticketOf(visitor);
    expect((await supervisor.open(next.id)).ticket.reason).toBe('protected');
    await supervisor.call('POST', `/api/desk/tickets/${next.id}/claim`);
    await supervisor.call('POST', `/api/desk/tickets/${next.id}/resolve`, { outcome: 'solved' });
    await until(() => visitor.state()?.owner === 'bot');
  }
  expect(visitor.messages.map(({ text }) => text).join('\n')).not.toMatch(/1,000 TRY/);
  visitor.close();
}, 30_000);

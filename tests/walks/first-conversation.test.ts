import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { visit } from '../setup/visitor.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test.each([
  ['tr', 'Merhaba, para çekme ne kadar sürer?', /24 saat/, /otomatik asistan/],
  ['en', 'Hello, how long does a withdrawal take?', /24 hours/, /automatic assistant/],
  ['az', 'Salam, pul çıxarışı nə qədər vaxt aparır?', /24 saat/, /avtomatik köməkçi/],
])(
  'a visitor asks in %s and is told in one message who answers and the answer, then thanked after a yes',
  async (_, question, answer, introduction) => {
    const visitor = await visit(app.url);
    await visitor.send(question);
    const said = await visitor.said(0);
    const [first, ...rest] = said.text.split('\n\n');
    expect(first).toMatch(introduction);
    expect(first).not.toMatch(answer);
    expect(rest.join('\n\n')).toMatch(answer);
    expect(said.choices).toHaveLength(2);
    await visitor.press('solved:yes');
    expect((await visitor.said(1)).text).not.toMatch(introduction);
    expect(visitor.state()?.owner).toBe('bot');
    visitor.close();
  },
);

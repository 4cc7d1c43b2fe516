import { expect, test } from 'vitest';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { visit } from '../setup/visitor.ts';
import { describeDesk, row } from './desk-stage.ts';

describeDesk('desk: composer', (stage) => {
  test('a canned reply by slash with its variables, an answer of the knowledge base, emoji; the preview is what arrives', async () => {
    const supervisor = await signIn(stage.app, { role: 'supervisor' });
    const texts = { en: 'Hello {{contactName}}, I am {{agentName}} of {{brand}}, about {{ticketNumber}}.', tr: 'Merhaba' };
    const made = await supervisor.call('POST', '/api/desk/canned', { shortcut: 'hello', title: 'Greeting', texts, departments: [] });
    expect(made.status).toBe(200);
    const { visitor, number } = await stage.waiting();
    const { page, agent } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.keyboard.type('Hi! /');
    await page.getByRole('combobox').pressSequentially('hel');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toBe(`Hi! Hello, I am ${agent.me.name} of ${agent.me.brand}, about ${number}.`);
    await page.keyboard.type('\n\n/');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    // Enter is meant for what was typed, not for what stood there before it was looked for.
    await page.keyboard.type('withdrawal time');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toContain('Withdrawals usually take **24 hours**.');
    expect((await field.inputValue()).match(/Hello/g)).toHaveLength(1);
    await page.getByRole('button', { name: 'Emoji' }).click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toMatch(/😊$/);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.locator('.shown strong', { hasText: '24 hours' }).waitFor();
    await page.getByRole('button', { name: /^Send/ }).click();
    await until(() => visitor.messages.some(({ author, text }) => author === 'agent' && text.includes('**24 hours**')));
  });

  test('an answer that comes late takes the focus from nobody who writes somewhere by then', async () => {
    const { number } = await stage.waiting();
    const { page } = await stage.sit();
    const { keyboard } = page;
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await keyboard.press('Escape');
    const late = Promise.withResolvers<void>();
    await page.route('**/return', async (route) => {
      await late.promise;
      await route.continue();
    });
    await keyboard.press('b');
    await keyboard.press('/');
    await keyboard.type('with');
    late.resolve();
    await page.locator('#ticket-title').waitFor({ state: 'detached' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await keyboard.type('draw');
    expect(await page.locator('#list-search').inputValue()).toBe('withdraw');
  });

  test('an emoji goes where the cursor was, also after the ticket was somebody else’s for a moment', async () => {
    const { number } = await stage.waiting();
    const { page, agent } = await stage.sit();
    const { agent: other } = await stage.sit();
    const [ticket] = await stage.app.query<{ id: string }>('select id from ticket where number = $1', [number]);
    await row(page, number).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('ab');
    await other.call('POST', `/api/desk/tickets/${ticket?.id}/claim`);
    await field.waitFor({ state: 'detached' });
    await other.call('POST', `/api/desk/tickets/${ticket?.id}/return`);
    await agent.call('POST', `/api/desk/tickets/${ticket?.id}/claim`);
    await field.focus();
    await field.press('Home');
    await field.press('ArrowRight');
    await page.getByRole('button', { name: 'Emoji' }).click();
    await page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue()).toMatch(/^a.+b$/u);
  });

  test('what was just taken is shown as taken before one is brought to the reply, also while it is asked for again', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).waitFor();
    // Each question is answered when the next has been asked, the last one late.
    let answerLast = () => {};
    let holding = true;
    await page.route(/\/api\/desk\/tickets\/\d+\?/, async (route) => {
      answerLast();
      if (!holding) return route.continue();
      await new Promise<void>((resolve) => {
        answerLast = resolve;
      });
      await route.continue();
    });
    const answered = page.waitForResponse('**/claim');
    await page.keyboard.press('c');
    await answered;
    await visitor.send('are you there?');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    await page.keyboard.press('Escape');
    const returned = page.waitForResponse('**/return');
    await page.keyboard.press('b');
    await returned;
    holding = false;
    answerLast();
    await page.locator('#ticket-title').waitFor({ state: 'detached' });
  });

  test('an answer that comes late takes the focus from nobody who has gone on to the list, to a menu or, before it was painted, to a field', async () => {
    const { page, agent } = await stage.sit();
    const { keyboard } = page;
    const [one, other] = [await stage.waiting(), await stage.waiting()];
    const { tickets } = await agent.list('all');
    for (const { number } of [one, other])
      await agent.call('POST', `/api/desk/tickets/${tickets.find((each) => each.number === number)?.id}/claim`);
    await page.goto(`${stage.app.url}/desk#/mine`);
    await row(page, one.number).click();
    await page.locator('#ticket-title', { hasText: one.number }).waitFor();
    // What the server did is told over the live connection too, and seen before its answer.
    let answer = Promise.withResolvers<void>();
    await page.route(/\/(resolve|reopen)$/, async (route) => {
      const response = await route.fetch();
      await answer.promise;
      await route.fulfill({ response });
    });
    const answered = async () => {
      const looked = page.waitForResponse(/\/api\/desk\/tickets\/\d+\?/);
      answer.resolve();
      await (await looked).finished();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      answer = Promise.withResolvers();
    };

    await keyboard.press('e');
    await page.getByRole('menu').waitFor();
    await keyboard.press('Enter');
    await page.locator('p.foot-note').waitFor();
    await row(page, one.number).waitFor({ state: 'detached' });
    await keyboard.press('j');
    await answered();
    expect(await page.evaluate(() => document.activeElement?.closest('a.ticket')?.textContent ?? '')).toContain(other.number);

    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('menu').waitFor();
    await answered();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');

    await keyboard.press('Escape');
    await page.evaluate(() => {
      const { requestAnimationFrame } = window;
      const held: FrameRequestCallback[] = [];
      window.requestAnimationFrame = (each) => held.push(each);
      addEventListener('paint', () => {
        window.requestAnimationFrame = requestAnimationFrame;
        for (const each of held) requestAnimationFrame(each);
      });
    });
    await keyboard.press('b');
    await page.locator('#ticket-title').waitFor({ state: 'detached' });
    await page.waitForTimeout(300);
    await keyboard.press('/');
    await keyboard.type('with');
    await page.evaluate(() => dispatchEvent(new Event('paint')));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await keyboard.type('draw');
    expect(await page.locator('#list-search').inputValue()).toBe('withdraw');
  });

  test('what may answer the last message is suggested, one press puts it in, and which topic it was is recorded', async () => {
    const visitor = await visit(stage.app.url, { language: 'en' });
    await visitor.send('how long does a payout take?');
    await until(() => visitor.messages.some(({ text }) => text.includes('24 hours')));
    await visitor.send('/human');
    const number = await until(() => visitor.state()?.ticket?.number);
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('list', { name: 'Suggested answers' }).getByRole('button').first().click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Reply' }).inputValue()).toContain('24 hours');
    await page.keyboard.press('Control+Enter');
    await page.locator('.message.agent .delivery.sent').waitFor();
    await expect.poll(() => page.getByRole('list', { name: 'Suggested answers' }).count()).toBe(0);
    const [fact] = await stage.app.query<{ topic: string }>(
      "select data ->> 'topic' as topic from event where kind = 'reply' order by id desc limit 1",
    );
    expect(fact?.topic).toBe('money/payout-time');
    visitor.close();
  });

  test('suggestions for a ticket that come late do not take the place of those for the one that is open by then', async () => {
    const numbers: string[] = [];
    for (const visitor of [await visit(stage.app.url, { language: 'en' }), await visit(stage.app.url, { language: 'en' })]) {
      await visitor.send('how long does a payout take?');
      await until(() => visitor.messages.some(({ text }) => text.includes('24 hours')));
      await visitor.send('/human');
      numbers.push(await until(() => visitor.state()?.ticket?.number));
      visitor.close();
    }
    const [first = '', next = ''] = numbers;
    const { page } = await stage.sit();
    const late = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/suggestions?*', async (route) => {
      asked += 1;
      if (asked === 1) await late.promise;
      await route.continue();
    });
    await row(page, first).click();
    await page.locator('#ticket-title', { hasText: first }).waitFor();
    await until(() => asked > 0);
    await row(page, next).click();
    await page.locator('#ticket-title', { hasText: next }).waitFor();
    const suggestions = page.getByRole('list', { name: 'Suggested answers' });
    await suggestions.waitFor();
    const came = page.waitForResponse(/\/suggestions\?/);
    late.resolve();
    await (await came).finished();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await suggestions.count()).toBe(1);
  });

  test('a reply that was sent and not confirmed goes out though the agent has gone on to another ticket, and its text stands still', async () => {
    const { page } = await stage.sit();
    const [first, second] = [await stage.waiting(), await stage.waiting()];
    for (const { number } of [second, first]) {
      await page.getByRole('link', { name: /^Waiting/ }).click();
      await row(page, number).click();
      await page.locator('#ticket-title', { hasText: number }).waitFor();
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await page.waitForURL(/#\/mine/);
    }
    await row(page, first.number).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('Your money is there.');
    // The server takes it, and its answer is lost.
    let lost = 0;
    await page.route(/\/reply$/, async (route) => {
      if (lost === 0) await route.fetch();
      lost += 1;
      await route.abort();
    });
    await field.press('Control+Enter');
    await page.getByText('The server did not confirm it yet').waitFor();
    await until(() => first.visitor.messages.some(({ author }) => author === 'agent'));
    // Neither a look at another ticket nor a reload makes it another reply's beginning, which the server would take for this one.
    await row(page, second.number).click();
    await page.locator('#ticket-title', { hasText: second.number }).waitFor();
    await row(page, first.number).click();
    await page.getByText('The server did not confirm it yet').waitFor();
    await page.reload();
    await page.getByText('The server did not confirm it yet').waitFor();
    expect(await field.evaluate((element: HTMLTextAreaElement) => element.readOnly || element.disabled)).toBe(true);
    await row(page, second.number).click();
    await page.locator('#ticket-title', { hasText: second.number }).waitFor();
    await page.unroute(/\/reply$/);
    await row(page, first.number).locator('.draft').waitFor({ state: 'detached' });
    await row(page, first.number).click();
    await expect.poll(() => field.inputValue()).toBe('');
    expect(first.visitor.messages.filter(({ author }) => author === 'agent').map(({ text }) => text)).toEqual(['Your money is there.']);
  });
});

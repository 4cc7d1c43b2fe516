import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';
import { axeFaults, write } from './stage.ts';
import { openChat as chat, describeWidget, photo, slowDown } from './widget-stage.ts';

const log = (page: Page) => page.getByRole('log');

const looks: Record<string, BrowserContextOptions> = {
  'phone, dark, Azerbaijani': { viewport: { width: 360, height: 740 }, colorScheme: 'dark', locale: 'az', hasTouch: true, isMobile: true },
  'wide, light, Turkish': { locale: 'tr' },
};

describeWidget('the widget and the real server, at length', (stage) => {
  test('a history of 10,000 messages comes in pages, shows its end at once and scrolls fluidly', async () => {
    const page = await stage.open(await stage.profile(), '/');
    await write(page, 'the first');
    await log(page).getByText('the first').waitFor();
    const { conversation, address } = await until(async () => {
      const text = "select conversation_id as conversation, address_id as address from message where text = 'the first'";
      return (await stage.app.query<{ conversation: string; address: string }>(text))[0];
    });
    await stage.app.query(
      `with talk as (update conversation set last_seq = last_seq + 10000 where id = $1 returning last_seq)
       insert into message (conversation_id, address_id, seq, author, text, body, delivery, external_id)
       select $1, $2, last_seq - 10000 + n, case when n % 3 = 0 then 'contact' else 'bot' end, 'Message ' || n || ': **when** does my money arrive?',
         '{"type":"text"}', case when n % 3 = 0 then null else 'sent' end, case when n % 3 = 0 then 'old-' || n end
       from talk, generate_series(1, 10000) n`,
      [conversation, address],
    );
    await page.reload();
    await log(page).getByText('Message 10000:').waitFor({ timeout: 30_000 });
    expect(await log(page).getByText('Message 1:').count()).toBe(0);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = async () =>
      (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const begin = await busy();
    await log(page).evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          let frames = 0;
          const next = () => {
            element.scrollTop -= 400;
            frames += 1;
            if (frames < 200) requestAnimationFrame(next);
            else resolve();
          };
          requestAnimationFrame(next);
        }),
    );
    const perFrame = ((await busy()) - begin) * 5;
    console.info(`10,000 messages of the record: ${perFrame.toFixed(1)} ms of the processor a frame`);
    expect(perFrame).toBeLessThan(16);
  });

  test.each(Object.entries(looks))('axe is content with every state that the server makes: %s', async (_, options) => {
    const settings = path.join(stage.app.knowledgeDir, 'desk.yaml');
    const plain = await readFile(settings, 'utf8');
    const consent = '{ tr: "[Metni](https://demobet.example) kabul edersiniz", az: "[Mətni](https://demobet.example) qəbul edirsiniz" }';
    await writeFile(settings, `${plain}\nbeforeChat: { ask: [name, player, email], consent: ${consent} }\n`);
    const config = async () => (await fetch(`${stage.app.url}/chat/config?language=${options.locale}`)).json();
    await until(async () => (await config()).before);
    await stage.app.query(
      `insert into announcement (texts, banner) values ('{"tr":"Bu gece **bakım** var.","az":"Bu gecə **təmir** var."}', true)`,
    );
    const page = await stage.visit(await stage.profile({ reducedMotion: 'reduce', ...options }), `data-language="${options.locale}"`);
    const check = async (state: string) => expect([state, ...(await axeFaults(page))]).toEqual([state]);
    await page.locator('destek-chat .launch').waitFor();
    await page.evaluate("window.Destek.open('chat')");
    await page.locator('.before input[name=player]').fill('ada');
    await page.locator('.banner strong').waitFor();
    await check('asked before the chat, an announcement above');
    await page.locator('.before [type=submit]').click();
    await page.locator('.empty .notice').waitFor();
    await check('empty, nobody there');
    await page.locator('.banner button').click();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.locator('.tools button').first().click();
    await page.locator('.ticket .number').waitFor();
    await check('in line');
    const agent = await signIn(stage.app);
    const live = await agent.live();
    const ticket = await until(async () => (await agent.list()).tickets.at(-1));
    await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'receipt.png', mimeType: 'image/png', buffer: await photo(120) },
      { name: 'program.png', mimeType: 'image/png', buffer: Buffer.from('MZ not a picture at all') },
    ]);
    await page.locator('.uploads .failed').waitFor();
    await page.locator('.uploads [role=status]').waitFor();
    live.socket.emit('typing', ticket.id);
    await page.locator('.typing').waitFor();
    await check('an agent types, one file is there and one is refused');
    await page.locator('.uploads .failed .round').click();
    await page.locator('textarea').press('Enter');
    await log(page).getByRole('img', { name: 'receipt.png' }).waitFor();
    await check('a picture in the chat');
    live.close();
    await writeFile(settings, plain);
    await until(async () => !(await config()).before);
    await stage.app.query('delete from announcement');
  });

  test('the server restarts amid an upload: it begins again by itself and arrives once', async () => {
    const page = await stage.visit(await stage.profile());
    await chat(page);
    await write(page, 'before the restart');
    await log(page).getByText('before the restart').waitFor();
    await slowDown(page, 200_000);
    await page.locator('input[type=file]').setInputFiles({ name: 'film.png', mimeType: 'image/png', buffer: await photo(700) });
    await expect.poll(() => page.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0.1);
    await stage.app.restart();
    await slowDown(page, -1);
    await page.locator('.uploads').getByText('Ready; goes with your message.').waitFor({ timeout: 40_000 });
    await write(page, 'after the restart');
    await log(page).getByRole('link', { name: 'film.png' }).waitFor();
    expect(await log(page).getByText('after the restart').count()).toBe(1);
  });
});

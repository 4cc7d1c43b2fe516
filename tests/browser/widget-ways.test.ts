import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTelegram, type TelegramDouble, token } from '../bots/telegram/double.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { axeFaults } from './stage.ts';
import { describeWidget, openChat } from './widget-stage.ts';

let telegram: TelegramDouble;

/** Open for a minute a week, which is not now, and Telegram is on. */
async function closed(): Promise<Record<string, string>> {
  const dir = path.join(await mkdtemp(path.join(os.tmpdir(), 'destek-closed-')), 'knowledge');
  await cp(smallKnowledge, dir, { recursive: true });
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(Date.now() + 3 * 86_400_000).getUTCDay()];
  const hours = `{ zone: Europe/Istanbul, week: { ${day}: ["09:30-09:31"] } }`;
  const departments = ['support', 'finance', 'verification', 'safety'].map(
    (id) => `- { id: ${id}, name: { tr: X, en: X, az: X }, hours: ${hours} }`,
  );
  await writeFile(path.join(dir, 'departments.yaml'), departments.join('\n'));
  telegram = await startTelegram();
  return { KNOWLEDGE_DIR: dir, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root };
}

describeWidget(
  'the widget: when nobody works, and elsewhere',
  (stage) => {
    afterAll(() => telegram?.close());

    test.each([
      ['tr', /yeniden açılış: \S+\s09:30\sGMT\+3/],
      ['en', /back on \w+day,?\s(at\s)?09:30\sGMT\+3/],
      ['az', /yenidən açılır: [^.]*09:30\sGMT\+3/],
    ])('out of hours the chat says when the first department opens, in its zone: %s', async (language, said) => {
      const page = await stage.visit(await stage.profile({ viewport: { width: 360, height: 700 } }), `data-language="${language}"`);
      await openChat(page);
      await page.locator('.empty .notice', { hasText: said }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
    });

    test('whom the host page has signed for goes on in another app by a link of their own; an anonymous visitor is not offered it', async () => {
      const page = await stage.visit(await stage.profile(), `data-identity="${await stage.sign({ sub: 'ada', name: 'Ada' })}"`);
      await openChat(page);
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('button', { name: 'Continue in another app' }).click();
      const link = page.getByRole('link', { name: 'Continue on Telegram' });
      await link.waitFor();
      expect(await link.getAttribute('href')).toMatch(/^https:\/\/t\.me\/\w+\?start=[\w-]{43}$/);
      expect(await axeFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      const other = await stage.visit(await stage.profile());
      await openChat(other);
      await other.getByRole('button', { name: 'More' }).click();
      await other.getByRole('button', { name: /sound/ }).waitFor();
      expect(await other.getByRole('button', { name: 'Continue in another app' }).count()).toBe(0);
    });
  },
  closed,
);

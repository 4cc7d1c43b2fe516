import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeBrowser, type Stage, write } from './stage.ts';

const people = ['ada', 'can'] as const;
type Person = (typeof people)[number];

const token = (sub: Person) => `e30.${Buffer.from(JSON.stringify({ sub, exp: 4_000_000_000 })).toString('base64url')}.x`;

describeBrowser('two people at one browser, over a bad network', (stage) => {
  test.each([1, 2, 3, 4])('what each writes arrives once, in order, and only on their own screen (seed %i)', async (seed) => {
    const page = await open(stage);
    const written: Record<Person, string[]> = { ada: [], can: [] };
    let who: Person = 'ada';
    const become = async (person: Person) => {
      who = person;
      await page.evaluate(`window.Destek.identify('${token(person)}')`);
      await page.waitForTimeout(100);
    };
    await become(who);
    const acts = {
      async writes() {
        const text = `${who} ${written[who].length + 1}`;
        written[who].push(text);
        await write(page, text);
      },
      other: () => become(who === 'ada' ? 'can' : 'ada'),
      async away() {
        stage.fake.down();
      },
      async back() {
        stage.fake.up();
      },
      async lost() {
        stage.fake.next.push('lost');
      },
      async silent() {
        stage.fake.next.push('silent');
      },
      async patience() {
        stage.fake.next.push({ ok: false, code: 'rate.limited', message: 'bir dakika', retryAfterMs: 700 });
      },
      async waits() {
        await page.waitForTimeout(600);
      },
      async loads() {
        stage.fake.up();
        await page.reload();
        await open(stage, page);
        await become(who);
      },
    };
    const weights: Record<keyof typeof acts, number> = {
      writes: 3,
      other: 2,
      away: 1,
      back: 2,
      lost: 1,
      silent: 1,
      patience: 1,
      waits: 1,
      loads: 1,
    };
    const some = fc.oneof(...keysOf(acts).map((name) => ({ weight: weights[name], arbitrary: fc.constant(name) })));
    for (const name of fc.sample(some, { seed, numRuns: 50 })) await acts[name]();

    for (const person of people) expect(written[person].length).toBeGreaterThan(1);
    stage.fake.next.length = 0;
    stage.fake.up();
    for (const person of people) {
      await become(person);
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await expect.poll(() => of(person), { timeout: 20_000 }).toEqual(written[person]);
      const log = page.locator('destek-chat').getByRole('log');
      const last = written[person].at(-1);
      if (last) await log.getByText(last, { exact: true }).waitFor();
      for (const text of written[person]) expect(await log.getByText(text, { exact: true }).count()).toBe(1);
      const other = person === 'ada' ? 'can' : 'ada';
      for (const text of written[other]) expect(await log.getByText(text, { exact: true }).count()).toBe(0);
    }
  });

  const of = (person: Person) => stage.fake.taken.map(({ text }) => text).filter((text) => text.startsWith(person));
});

async function open({ fake, site, open }: Stage, page?: Page): Promise<Page> {
  site.host = {
    headers: {},
    html: `<!doctype html><html lang="tr"><title>Site</title><body><script src="${fake.url}/widget.js" async></script>`,
  };
  const opened = page ?? (await open(`${site.url}/host`));
  await opened.locator('destek-chat .launch').waitFor();
  await opened.evaluate("window.Destek.open('chat')");
  await opened.locator('textarea').waitFor();
  return opened;
}

const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T)[];

import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults, describeBrowser, write } from './stage.ts';

const looks: Record<string, BrowserContextOptions> = {
  'wide, light, Turkish': {},
  'phone, light, Azerbaijani': { viewport: { width: 360, height: 740 }, locale: 'az', hasTouch: true, isMobile: true },
  'wide, dark, English': { colorScheme: 'dark', locale: 'en' },
  'forced colours': { forcedColors: 'active', reducedMotion: 'reduce' },
  'zoomed to 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};

describeBrowser('accessibility', (stage) => {
  for (const [name, options] of Object.entries(looks)) {
    test(`every state: ${name}`, async () => {
      const { fake } = stage;
      const page = await stage.open(fake.url, { reducedMotion: 'reduce', ...options });
      const faults: string[] = [];
      const check = async (state: string) => {
        for (const fault of [...(await axeFaults(page)), ...(await smallTargets(page)), ...(await sideways(page))])
          faults.push(`${state}: ${fault}`);
      };
      await page.locator('.choices button').first().waitFor();
      await check('empty');
      await write(page, 'Merhaba, param ne zaman yatar?');
      await expect.poll(() => fake.taken.length).toBe(1);
      fake.typing('Ayşe');
      fake.say({ author: 'system', text: 'Ayşe görüşmeye katıldı.' });
      fake.say({
        author: 'agent',
        name: 'Ayşe',
        text: `Uzun sözcük: ${'Muvaffakiyetsizleştiricileştiriveremeyebileceklerimizdenmişsinizcesine'.repeat(2)} https://demobet.example/${'uzun-adres/'.repeat(12)}`,
      });
      fake.say(
        {
          text: 'Hangisi?\n\n- **bir**\n- iki',
          choices: [
            { id: '1', label: 'Bonus çevrim şartı nedir ve nasıl tamamlanır?' },
            { id: '2', label: 'Hiçbiri' },
          ],
        },
        { owner: 'queue', ticket: { number: 'DST-1042', position: 3 } },
      );
      await page.locator('.choices button').first().waitFor();
      await check('conversation');
      fake.next.push({ ok: false, code: 'input.invalid', message: 'Okunamadı.' });
      await write(page, 'geçersiz');
      await page.locator('.failed').waitFor();
      await page.locator('textarea').fill('x'.repeat(5_010));
      await check('failed, too long');
      await page.locator('textarea').fill('');
      await page.locator('.menu > button').click();
      await check('menu');
      await page.locator('.sheet button').last().click();
      await check('end?');
      await page.keyboard.press('Escape');
      fake.down();
      await page.locator('.bar.fault').waitFor();
      await check('offline');
      fake.up();
      expect(faults).toEqual([]);
    });
  }

  test('the widget: help, topic, launcher', async () => {
    const { fake, site } = stage;
    site.host = {
      headers: {},
      html: `<!doctype html><html lang="en"><title>Site</title><meta name="viewport" content="width=device-width"><main><h1>Site</h1></main><script src="${fake.url}/widget.js" data-color="#ffd400"></script>`,
    };
    for (const options of [{ locale: 'en' }, { locale: 'en', colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } }]) {
      const page = await stage.open(`${site.url}/host`, { reducedMotion: 'reduce', ...options });
      const check = async () => expect([...(await axeFaults(page)), ...(await smallTargets(page))]).toEqual([]);
      await page.locator('destek-chat .launch').waitFor();
      await check();
      await page.locator('destek-chat .launch').click();
      await page.locator('.topics button').first().waitFor();
      await check();
      await page.locator('.topics button').first().click();
      await page.locator('.prose').waitFor();
      await check();
      await page.getByRole('button', { name: 'Yes' }).click();
      await check();
    }
  });
});

/** What a finger must hit and is under 44 px in a direction, one line each. */
async function smallTargets(page: Page): Promise<string[]> {
  const targets = page.locator('button:visible, input:visible, textarea:visible, select:visible');
  return targets.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width < 43.5 || height < 43.5 ? [`${element.className || element.tagName} is ${width.toFixed(0)} × ${height.toFixed(0)}`] : [];
    }),
  );
}

/** What makes the page or the log scroll sideways. */
async function sideways(page: Page): Promise<string[]> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth || (innerWidth < 700 && document.documentElement.scrollHeight > innerHeight),
  );
  const log = await page.getByRole('log').evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  return [...(wide ? ['the page scrolls sideways'] : []), ...(log ? ['the log scrolls sideways'] : [])];
}

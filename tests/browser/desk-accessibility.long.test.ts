import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeDesk, row } from './desk-stage.ts';
import { axeFaults } from './stage.ts';

const looks: Record<string, BrowserContextOptions> = {
  'wide, light, Turkish': { locale: 'tr' },
  'wide, dark, Azerbaijani': { locale: 'az', colorScheme: 'dark' },
  'phone, light, English': { locale: 'en', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  'phone, dark, Turkish': { locale: 'tr', colorScheme: 'dark', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  'forced colours': { forcedColors: 'active' },
  'zoomed to 200 %': { locale: 'az', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};

describeDesk('desk: accessibility', (stage) => {
  test.each(Object.entries(looks))('every screen: %s', async (_, look) => {
    const faults: string[] = [];
    const check = async (page: Page, screen: string) => {
      for (const fault of [...(await axeFaults(page)), ...(await sideways(page))]) faults.push(`${screen}: ${fault}`);
    };
    const options = { ...look, reducedMotion: 'reduce' } as const;
    const gate = await stage.open('/desk', options);
    await gate.locator('form').waitFor();
    await gate.locator('form button[type=submit]').click();
    await check(gate, 'sign-in, refused');

    const { number } = await stage.waiting('my card is 4111 1111 1111 1111, where is my withdrawal?');
    const { page } = await stage.sit(options, { role: 'supervisor' });
    await row(page, number).waitFor();
    await check(page, 'list');
    await page.locator('.search .round').click();
    await page.locator('#filter-sort').waitFor();
    await check(page, 'filters');
    await page.locator('.search .round').click();
    await row(page, number).click();
    await page.locator('.message').first().waitFor();
    await page.locator('summary').last().click();
    await check(page, 'conversation, why');
    await page.locator('.acts .round[aria-pressed]').click();
    await check(page, 'details');
    await page.locator('.acts .round[aria-pressed]').click();
    await page.locator('.acts .main').click();
    await page.locator('.give').waitFor();
    await page.locator('textarea').fill('**Hello**\n\n- one\n- https://demobet.example/a/rather/long/address/that/never/seems/to/end');
    await check(page, 'writing');
    await page.locator('.emoji-place > button').click();
    await check(page, 'emoji');
    await page.keyboard.press('Escape');
    await page.locator('.tools > button').first().click();
    await page.getByRole('combobox').pressSequentially('pass');
    await page.locator('.picker [role=option]').first().waitFor();
    await check(page, 'ready answers');
    await page.keyboard.press('Escape');
    await page.locator('.tools [aria-pressed]').click();
    await page.locator('.shown .part').waitFor();
    await check(page, 'preview');
    await page.locator('.acts .menu-place > button.main').click();
    await check(page, 'resolve');
    await page.keyboard.press('Enter');
    await page.locator('p.foot-note').waitFor();
    await check(page, 'resolved');
    await page.goto(`${stage.app.url}/desk#/agents`);
    await page.locator('.person').first().waitFor();
    await check(page, 'agents');
    await page.locator('.page-head .main').click();
    await check(page, 'invite');
    await page.keyboard.press('Escape');
    for (const [place, there] of [
      ['board', '.tile'],
      ['canned', '.page-head .main'],
      ['announce', '.page-head .main'],
      ['notices', '.page-head .main'],
      ['knowledge', 'table'],
      ['audit', '.acts-list li'],
      ['webhooks', '.page-head .main'],
    ] as const) {
      await page.goto(`${stage.app.url}/desk#/${place}`);
      await page.locator(there).first().waitFor();
      await check(page, place);
    }
    await page.locator('.account').click();
    await check(page, 'account');
    expect(faults).toEqual([]);
  });
});

/** Whether a page must be scrolled sideways (WCAG 1.4.10). */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth + 1 ? [`scrolls sideways: ${scrollWidth} > ${clientWidth}`] : [];
  });
}

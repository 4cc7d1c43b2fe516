import { expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';

declare global {
  // What the page showed outside of its window.
  var shown: { title: string; body?: string; tag?: string; click(): void }[];
}

/** Runs in the page: notices are kept instead of shown, for a test has no desktop. */
function keepNotices(): void {
  globalThis.shown = [];
  class Kept {
    static permission = 'default';
    static requestPermission = async () => {
      Kept.permission = 'granted';
      return 'granted';
    };
    onclick?: () => void;
    constructor(title: string, options: NotificationOptions) {
      globalThis.shown.push({ title, body: options.body, tag: options.tag, click: () => this.onclick?.() });
    }
    close(): void {}
  }
  Object.assign(globalThis, { Notification: Kept });
  document.hasFocus = () => false;
}

describeDesk('notices of the desk', (stage) => {
  test('after a click that allows them, a ticket that waits is shown on the desktop, without the contact, and leads to it', async () => {
    const { page } = await stage.sit();
    await page.addInitScript(keepNotices);
    await page.reload();
    await page.getByText('Nobody is waiting.').waitFor();
    const { number: before } = await stage.waiting();
    // The desk has heard of it: no notice of it comes late.
    await row(page, before).waitFor();
    expect(await page.evaluate(() => globalThis.shown)).toEqual([]);
    await page.getByRole('button', { name: /Account|Agent/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Desktop notices' }).click();
    const { number } = await stage.waiting();
    const shown = await until(async () => {
      const all = await page.evaluate(() => globalThis.shown.map(({ title, body }) => ({ title, body })));
      return all.length > 0 && all;
    });
    expect(shown).toEqual([{ title: `Ticket ${number} is waiting`, body: 'Support' }]);
    await page.evaluate(() => globalThis.shown[0]?.click());
    await page.locator('.log').first().waitFor();
    expect(page.url()).toMatch(/#\/waiting\/\d+/);
  });

  test('supervisors read in red that nobody is on call; agents do not', async () => {
    const supervisor = await stage.sit({}, { role: 'supervisor' });
    await supervisor.page.getByText('Nobody is on call').waitFor();
    const { page } = await stage.sit();
    expect(await page.getByText('Nobody is on call').count()).toBe(0);
  });
});

import { expect, test } from 'vitest';
import { describeDesk } from './desk-stage.ts';
import { axeFaults } from './stage.ts';

describeDesk('announcements and service notices at the desk', (stage) => {
  test('a supervisor puts a text above the chat, stops it, and lets the bot say a notice on a topic', async () => {
    const { page } = await stage.sit({}, { role: 'supervisor' });
    const faults: string[] = [];
    await page.goto(`${stage.app.url}/desk#/announce`);
    await page.getByRole('button', { name: 'New announcement' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Announce' }).click();
    await dialog.getByText('Write the text in at least one language.').waitFor();
    await dialog.getByLabel('English').fill('Maintenance **tonight** at 02:00.');
    await dialog.getByLabel('Türkçe').fill('Bu gece 02:00’de bakım var.');
    await dialog.getByLabel('Show it above the chat on the website').check();
    faults.push(...(await axeFaults(page)));
    await dialog.getByRole('button', { name: 'Announce' }).click();
    const line = page.locator('.announcement', { hasText: 'Maintenance tonight at 02:00.' });
    await line.getByText('Done').waitFor();
    const banners = async () => (await fetch(`${stage.app.url}/chat/banner?language=tr`)).json();
    expect(await banners()).toMatchObject({ banners: [{ text: 'Bu gece 02:00’de bakım var.' }] });
    faults.push(...(await axeFaults(page)));
    await line.getByRole('button', { name: 'Stop' }).click();
    await line.getByText('Stopped').waitFor();
    expect(await banners()).toEqual({ banners: [] });

    await page.goto(`${stage.app.url}/desk#/notices`);
    await page.getByRole('button', { name: 'New notice' }).click();
    await dialog.getByLabel('English').fill('withdrawals are slow.');
    await dialog.getByLabel('Find a topic').fill('withdrawal');
    await dialog.getByRole('checkbox').first().check();
    faults.push(...(await axeFaults(page)));
    await dialog.getByRole('button', { name: 'Let the bot say it' }).click();
    const notice = page.locator('.announcement', { hasText: 'withdrawals are slow.' });
    await notice.getByText('Holds').waitFor();
    await notice.getByRole('button', { name: 'End it' }).click();
    await notice.getByText('Over').waitFor();
    expect(faults).toEqual([]);
  });

  test('an answer that is lost and asked for again announces once; with other words it is another', async () => {
    const { page } = await stage.sit({}, { role: 'supervisor' });
    let lost = 2;
    await page.route('**/api/desk/announcements', async (route) => {
      if (route.request().method() !== 'POST' || lost === 0) return route.fallback();
      lost -= 1;
      await route.fetch();
      await route.abort();
    });
    await page.goto(`${stage.app.url}/desk#/announce`);
    await page.getByRole('button', { name: 'New announcement' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('English').fill('The site is back.');
    await dialog.getByLabel('Show it above the chat on the website').check();
    const send = () => dialog.getByRole('button', { name: 'Announce' }).click();
    const refused = () => dialog.getByText('The server cannot be reached').waitFor();
    await send();
    await refused();
    await send();
    await expect.poll(() => lost).toBe(0);
    await refused();
    await dialog.getByLabel('English').fill('The site is back again.');
    await send();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.announcement').count()).toBeGreaterThan(1);
    const made = await stage.app.query<{ text: string }>(
      "select texts->>'en' as text from announcement where texts->>'en' like 'The site%' order by id",
    );
    expect(made.map(({ text }) => text)).toEqual(['The site is back.', 'The site is back again.']);
  });
});

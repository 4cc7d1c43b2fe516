import { expect, test } from 'vitest';
import { describeDesk } from './desk-stage.ts';

describeDesk('desk: the way in', (stage) => {
  test('first-run link, invitation by a supervisor, sign out and in again', async () => {
    const { app } = stage;
    const first = await stage.open(app.firstRunLink ?? '');
    const shown = first.url();
    await first.getByLabel('Name', { exact: true }).fill('Suna Yıldırım');
    await first.getByLabel('E-mail').fill('suna@demobet.example');
    await first.getByLabel('Choose a password').fill('short');
    await first.getByRole('button', { name: 'Set the password and sign in' }).click();
    await first.getByText('5 more characters, please.').waitFor();
    await first.getByLabel('Choose a password').fill('a long password');
    await first.getByRole('button', { name: 'Set the password and sign in' }).click();
    await first.getByRole('link', { name: 'Supervise' }).click();
    await first.getByRole('link', { name: 'Agents' }).click();
    expect(first.url()).not.toContain('token');

    await first.getByRole('button', { name: 'Invite somebody' }).click();
    const sheet = first.getByRole('dialog');
    await sheet.getByLabel('Name').fill('Barış');
    await sheet.getByLabel('E-mail').fill('baris@demobet.example');
    await sheet.getByRole('checkbox').first().check();
    await sheet.getByRole('button', { name: 'Create the link' }).click();
    const link = await sheet.getByLabel('One-time link').inputValue();
    await sheet.getByRole('button', { name: 'Done' }).click();
    await first.getByText('baris@demobet.example').waitFor();

    const second = await stage.open(link);
    await second.getByRole('heading', { name: 'Welcome, Barış' }).waitFor();
    await second.getByLabel('Choose a password').fill('another long one');
    await second.getByRole('button', { name: 'Set the password and sign in' }).click();
    await second.getByRole('button', { name: /Account of Barış/ }).click();
    expect(await second.getByRole('link', { name: 'Supervise' }).count()).toBe(0);
    await second.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await second.getByLabel('E-mail').fill('baris@demobet.example');
    await second.getByLabel('Password', { exact: true }).fill('not this one');
    await second.getByRole('button', { name: 'Sign in' }).click();
    await second.getByText('E-mail or password is wrong.').waitFor();
    await second.getByLabel('Password', { exact: true }).fill('another long one');
    await second.getByRole('button', { name: 'Sign in' }).click();
    await second.locator('.lists').waitFor();

    for (const used of [shown, link]) {
      const late = await stage.open(used);
      await late.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();
    }
  });
});

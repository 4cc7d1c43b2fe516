import { expect, test } from 'vitest';
import { makePdf } from '../files/pdf.ts';
import { until } from '../setup/until.ts';
import { describeDesk, row } from './desk-stage.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describeDesk('desk: files', (stage) => {
  test('files go with a reply, by button and by paste; one that is refused says why, and one that was taken out does not go', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('button', { name: 'Attach files' }).waitFor();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'proof.png', mimeType: 'image/png', buffer: png },
      { name: 'other.png', mimeType: 'image/png', buffer: png },
      { name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ not a picture') },
    ]);
    await page.locator('.chip.bad', { hasText: 'run.exe' }).getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Remove run.exe' }).click();
    await page.getByRole('button', { name: 'Remove other.png' }).click();
    // It is there, not on its way.
    await page.locator('.chip:not(:has(progress))', { hasText: 'proof.png' }).waitFor();
    await page.reload();
    await page.locator('.chip', { hasText: 'proof.png' }).waitFor();
    await page.getByRole('button', { name: /^Send/ }).click();
    const got = await until(() => visitor.messages.find(({ author }) => author === 'agent'));
    expect(got.attachments?.map(({ name }) => name)).toEqual(['proof.png']);
    await expect.poll(() => page.locator('.chip').count()).toBe(0);
  });

  test('a file that arrives after one has left the ticket and come back joins what is written there by then', async () => {
    const [one, other] = [await stage.waiting(), await stage.waiting()];
    const { page } = await stage.sit();
    const field = page.getByRole('textbox', { name: 'Reply' });
    const arrived = Promise.withResolvers<void>();
    await page.route('**/api/desk/files?*', async (route) => {
      await arrived.promise;
      await route.continue();
    });
    await row(page, one.number).click();
    await field.fill('older words');
    await page.locator('input[type=file]').setInputFiles([{ name: 'proof.png', mimeType: 'image/png', buffer: png }]);
    await page.locator('.chip progress').waitFor();
    await row(page, other.number).click();
    await page.locator('#ticket-title', { hasText: other.number }).waitFor();
    await row(page, one.number).click();
    await page.locator('#ticket-title', { hasText: one.number }).waitFor();
    await field.fill('newer words');
    arrived.resolve();
    await page.locator('.chip', { hasText: 'proof.png' }).waitFor();
    expect(await field.inputValue()).toBe('newer words');
    await field.press('End');
    await field.pressSequentially('!');
    await page.reload();
    await page.locator('.chip', { hasText: 'proof.png' }).waitFor();
    expect(await field.inputValue()).toBe('newer words!');
  });

  test('a file that arrives while a reply is on its way is there for the next one', async () => {
    const { visitor, number } = await stage.waiting();
    const { page } = await stage.sit();
    await row(page, number).click();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('textbox', { name: 'Reply' }).fill('Here it is.');
    const late = Promise.withResolvers<void>();
    await page.route('**/reply', async (route) => {
      await late.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: /^Send/ }).click();
    const taken = page.waitForResponse('**/api/desk/files?*');
    await page.locator('form.composer').evaluate((form) => {
      const data = new DataTransfer();
      data.items.add(new File(['of this month'], 'list.txt', { type: 'text/plain' }));
      form.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    });
    await (await taken).finished();
    late.resolve();
    await until(() => visitor.messages.some(({ text }) => text.includes('Here it is.')));
    await page.locator('.chip:not(:has(progress))', { hasText: 'list.txt' }).waitFor();
    await page.getByRole('button', { name: /^Send/ }).click();
    const got = await until(() => visitor.messages.find(({ attachments }) => attachments?.length));
    expect(got.attachments?.map(({ name }) => name)).toEqual(['list.txt']);
  });

  test('a PDF that a contact sent is shown in a tab of its own, as bytes and not as a page of ours', async () => {
    const { visitor, number } = await stage.waiting();
    const form = new FormData();
    form.append('visitor', visitor.token() ?? '');
    form.append('file', new File([new Uint8Array(makePdf())], 'receipt.pdf', { type: 'application/pdf' }));
    const { id } = (await (await fetch(`${stage.app.url}/chat/upload`, { method: 'POST', body: form })).json()) as { id: string };
    await visitor.socket.timeout(10_000).emitWithAck('message', { id: crypto.randomUUID(), text: 'my receipt', attachments: [id] });
    const { page } = await stage.sit();
    await row(page, number).click();
    // A browser without a viewer saves it: the same bytes, from memory.
    const [shown] = await Promise.all([
      page
        .waitForEvent('popup')
        .then((tab) =>
          Promise.any([tab.waitForURL(/^blob:/).then(() => tab.url()), tab.waitForEvent('download').then((download) => download.url())]),
        ),
      page.getByRole('button', { name: 'Preview of receipt.pdf' }).click(),
    ]);
    expect(shown).toMatch(/^blob:/);
  });
});

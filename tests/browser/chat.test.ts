import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFaults, describeBrowser, write } from './stage.ts';

describeBrowser('the chat', (stage) => {
  test('a message is shown at once, replaced by what was kept, and answered; text is text', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    const log = page.getByRole('log');
    await write(page, 'Kartım 4111111111111111 <img src=x onerror=alert(1)>');
    await log.getByText('[kart numarası gizlendi]').waitFor();
    expect(await log.getByText('4111111111111111').count()).toBe(0);
    expect(await log.locator('img').count()).toBe(0);
    fake.typing();
    await log.getByText('Yazıyor').waitFor();
    fake.say({
      text: 'Şunu **deneyin**: [yardım](https://demobet.example) <script>document.title = "x"</script>',
      choices: [{ id: 'solved:yes', label: 'Evet' }],
    });
    await log.getByText('Yazıyor').waitFor({ state: 'detached' });
    expect(await log.locator('strong').innerText()).toBe('deneyin');
    expect(await log.getByRole('link', { name: 'yardım' }).getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.title()).not.toBe('x');
    await log.getByRole('button', { name: 'Evet' }).click();
    await expect.poll(() => fake.taken.at(-1)).toMatchObject({ text: 'Evet', choice: 'solved:yes' });
    await log.getByRole('button', { name: 'Evet' }).waitFor({ state: 'detached' });
    expect(stage.faults).toEqual([]);
  });

  test('what is written without a connection is kept over a change of page, and sent once and in order', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await write(page, 'ilk');
    await expect.poll(() => fake.taken.length).toBe(1);
    fake.down();
    for (const text of ['bir', 'iki', 'üç']) await write(page, text);
    await page.getByText('Bağlantı yok').waitFor();
    fake.up();
    await expect.poll(() => fake.taken.map(({ text }) => text), { timeout: 20_000 }).toEqual(['ilk', 'bir', 'iki', 'üç']);
    fake.down();
    await write(page, 'dört');
    await page.close();
    fake.up();
    const later = await stage.open(fake.url, page.context());
    await expect.poll(() => fake.taken.at(-1)?.text, { timeout: 20_000 }).toBe('dört');
    for (const text of ['ilk', 'bir', 'iki', 'üç', 'dört']) await expect.poll(() => later.getByText(text, { exact: true }).count()).toBe(1);
    expect([...fake.arrivals.values()]).toEqual([1, 1, 1, 1, 1]);
  });

  test('a lost acknowledgement repeats the same id; the message stands once', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await write(page, 'merhaba');
    await expect.poll(() => fake.taken.length).toBe(1);
    fake.next.push('lost');
    await write(page, 'kayıp onay');
    await expect.poll(() => page.getByText('kayıp onay').count(), { timeout: 20_000 }).toBe(1);
    await page.locator('.row.contact').getByText('Ulaştı').nth(1).waitFor();
    expect(fake.taken.filter(({ text }) => text === 'kayıp onay')).toHaveLength(1);
  });

  test('a refused message says why, and goes out again under the same id when asked', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    fake.next.push({ ok: false, code: 'input.invalid', message: 'Bu mesaj okunamadı.' });
    await write(page, 'tuhaf');
    await page.getByText('Gönderilemedi: Bu mesaj okunamadı.').waitFor();
    const [id] = fake.arrivals.keys();
    await page.getByRole('button', { name: 'Yeniden gönder' }).click();
    await expect.poll(() => fake.taken[0]?.id).toBe(id);
    fake.next.push({ ok: false, code: 'rate.limited', message: 'Çok hızlı yazıyorsunuz.', retryAfterMs: 4_000 });
    await write(page, 'hızlı');
    await page.getByText('Çok hızlı yazıyorsunuz.').waitFor();
    await expect.poll(() => fake.taken.at(-1)?.text).toBe('hızlı');
  });

  test('two tabs are in step, and one of them sends', async () => {
    const { fake } = stage;
    const one = await stage.open(fake.url);
    const two = await stage.open(fake.url, one.context());
    await write(one, 'birinci sekme');
    await two.getByText('birinci sekme').waitFor();
    fake.down();
    await write(one, 'a');
    await write(two, 'b');
    fake.up();
    await expect.poll(() => fake.taken.length, { timeout: 20_000 }).toBe(3);
    expect(fake.taken.map(({ text }) => text)).toEqual(['birinci sekme', 'a', 'b']);
    expect([...fake.arrivals.values()]).toEqual([1, 1, 1]);
    fake.say({ text: 'ikinize' });
    for (const page of [one, two]) {
      await page.getByText('ikinize').waitFor();
      await expect.poll(() => page.locator('.row.contact').count()).toBe(3);
    }
  });

  test('language, person, place in line, agent, transcript, end', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await write(page, 'selam');
    await expect.poll(() => fake.taken.length).toBe(1);
    await page.getByLabel('Dil', { exact: true }).selectOption('az');
    await expect.poll(() => fake.taken.at(-1)?.text).toBe('/lang az');
    await page.getByText('Dil: Azərbaycanca').or(page.getByText('Language: Azərbaycanca')).waitFor();
    await page.getByRole('button', { name: 'Əməkdaşla danışmaq' }).click();
    await expect.poll(() => fake.taken.at(-1)?.text).toBe('/human');
    fake.say({ text: 'Növbədəsiniz.' }, { owner: 'queue', ticket: { number: 'DST-7', position: 2 } });
    await page.getByText('Növbədəki yeriniz: 2').waitFor();
    await page.getByText('Müraciət DST-7').waitFor();
    fake.say({ author: 'agent', name: 'Ayşe', text: 'Salam' }, { owner: 'agent', agent: 'Ayşe', ticket: { number: 'DST-7' } });
    await page.getByText('Ayşe ilə danışırsınız').waitFor();
    await page.getByRole('button', { name: 'Digər seçimlər' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Yazışmanı endir' }).click()]);
    const transcript = readFileSync(await download.path(), 'utf8');
    for (const part of ['DST-7', 'selam', 'Ayşe:']) expect(transcript).toContain(part);
    await page.getByRole('button', { name: 'Digər seçimlər' }).click();
    await page.getByRole('button', { name: 'Söhbəti bitir' }).click();
    await page.getByRole('button', { name: 'Söhbəti bitir' }).click();
    await page.getByText('Söhbət başa çatdı').waitFor();
    await expect.poll(() => fake.ended).toBe(1);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await page.getByRole('button', { name: 'Yeni söhbət' }).click();
    await page.locator('textarea').waitFor();
    expect(await page.getByText('selam').count()).toBe(0);
    expect(stage.faults).toEqual([]);
  });

  test('files by button and paste: a cut connection holds the message up and says so, what is refused does not; taken away, sent', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    const choose = (name: string, size: number) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: Buffer.alloc(size, 7) });
    const uploads = page.locator('.uploads');
    fake.cutUploads = true;
    await choose('dekont.png', 900_000);
    await write(page, 'dekontum');
    await page.getByText('Dosya yüklenir yüklenmez gönderilecek.').waitFor();
    await uploads.getByText('Yüklenemedi.').waitFor();
    await page.getByText('Bir dosya yüklenemedi. Yeniden deneyin ya da kaldırın').waitFor();
    expect(fake.taken).toEqual([]);
    fake.cutUploads = false;
    await uploads.getByRole('button', { name: 'Yeniden gönder' }).click();
    await expect.poll(() => fake.taken).toMatchObject([{ text: 'dekontum', attachments: ['file-1'] }]);
    expect(fake.uploads[0]).toContain('name="visitor"');
    await choose('fazla.png', 100);
    await uploads.getByText('Hazır; mesajınızla').waitFor();
    await page.getByRole('button', { name: 'Vazgeç: fazla.png' }).click();
    await choose('film.png', 2_100_000);
    await uploads.getByText('Çok büyük; en çok 2 MB olabilir.').waitFor();
    await page.locator('textarea').evaluate((field) => {
      const data = new DataTransfer();
      for (const name of ['1.png', '2.png', '3.png', '4.png', '5.png']) data.items.add(new File(['bytes'], name, { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.getByText('Bir mesaja en çok 3 dosya eklenebilir; fazlası eklenmedi.').waitFor();
    await expect.poll(() => uploads.getByText('Hazır; mesajınızla').count()).toBe(3);
    await write(page, 'üçü birden');
    await expect.poll(() => fake.taken.slice(1)).toMatchObject([{ text: 'üçü birden' }]);
    expect(fake.taken[1]?.attachments?.length).toBe(3);
    await page.getByText('file-4').waitFor();
    await expect.poll(() => uploads.count()).toBe(0);
    expect(stage.faults).toEqual([]);
  });

  test('a file and the message that waits for it are there after a look into the help', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await page.locator('input[type=file]').setInputFiles({ name: 'dekont.png', mimeType: 'image/png', buffer: Buffer.alloc(100, 7) });
    await page.locator('.uploads').getByText('Hazır; mesajınızla').waitFor();
    await page.getByRole('button', { name: 'Yanıt arayın' }).click();
    await page.getByRole('button', { name: 'Bize yazın' }).click();
    await page.locator('.uploads').getByText('dekont.png').waitFor();
    await write(page, 'dekontum');
    await expect.poll(() => fake.taken).toMatchObject([{ text: 'dekontum', attachments: ['file-1'] }]);
    expect(stage.faults).toEqual([]);
  });

  test('what a brand asks before the chat goes with the connection; nothing must be filled in', async () => {
    const { fake } = stage;
    fake.before = {
      ask: ['name', 'email', 'player'],
      consent: 'Başlayarak [aydınlatma metnini](https://demobet.example/privacy) kabul edersiniz.',
    };
    const page = await stage.open(fake.url);
    await page.getByRole('textbox', { name: 'Adınız (isteğe bağlı)' }).fill('Ada');
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.getByRole('link', { name: 'aydınlatma metnini' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Sohbete başla' }).click();
    await write(page, 'merhaba');
    await expect.poll(() => fake.taken.length).toBe(1);
    expect(fake.handshake).toMatchObject({ language: 'tr', about: { name: 'Ada' } });
    await page.reload();
    await page.getByText('merhaba').waitFor();
    expect(await page.getByRole('button', { name: 'Sohbete başla' }).count()).toBe(0);
  });

  test('a long reply is read from its beginning', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await write(page, 'anlat');
    await expect.poll(() => fake.taken.length).toBe(1);
    fake.say({ text: `Başlangıç.\n\n${'Uzun bir paragraf. '.repeat(150)}\n\nSon.` });
    await page.getByText('Başlangıç.').waitFor();
    await expect.poll(() => page.getByText('Başlangıç.').evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'En yeni mesaja git' }).click();
    await expect.poll(() => page.getByText('Son.').evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThan(760);
  });

  test('10,000 messages scroll without a stutter', async () => {
    const { fake } = stage;
    const page = await stage.open(fake.url);
    await write(page, 'ilk');
    await expect.poll(() => fake.taken.length).toBe(1);
    fake.fill(10_000);
    await page.reload();
    await page.getByText('Mesaj 9999:').waitFor();
    const box = page.getByRole('log');
    // Processor time of the page's thread, not the clock: the machine may be busy with other things.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = async () =>
      (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const begin = await busy();
    const drawn = await scrollUp(box, 400);
    const perFrame = ((await busy()) - begin) * 5;
    console.info(`10,000 messages: ${perFrame.toFixed(1)} ms of the processor a frame, ${drawn} drawn`);
    expect(drawn).toBeGreaterThan(300);
    expect(perFrame).toBeLessThan(16);
    const before = await busy();
    await write(page, 'hâlâ hızlı');
    await expect.poll(() => fake.taken.at(-1)?.text).toBe('hâlâ hızlı');
    await page.getByText('hâlâ hızlı').waitFor();
    const sending = ((await busy()) - before) * 1000;
    console.info(`writing, sending and receiving with these drawn: ${sending.toFixed(0)} ms of the processor`);
    expect(sending).toBeLessThan(400);
  });
});

/** Moves the log up by so many pixels a frame, 200 frames long; how many messages are drawn then. */
async function scrollUp(log: Locator, step: number): Promise<number> {
  return log.evaluate(
    (element, step) =>
      new Promise<number>((resolve) => {
        let frames = 0;
        const next = () => {
          frames += 1;
          element.scrollTop -= step;
          if (frames < 200) requestAnimationFrame(next);
          else resolve(element.querySelectorAll('article').length);
        };
        requestAnimationFrame(next);
      }),
    step,
  );
}

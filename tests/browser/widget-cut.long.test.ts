import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from './stage.ts';
import { describeWidget, photo } from './widget-stage.ts';

describeWidget('the widget over a network that is cut', (stage) => {
  let network: Server;
  let open = new Set<Socket>();
  let away = false;
  /** The cut is for longer: nobody gets through after it. */
  let stays = false;
  let passed = 0;
  /** Bytes from the browser after which everything is cut, once. */
  let cutAt = Number.POSITIVE_INFINITY;
  /** Bytes from the browser after which nothing of it arrives any more, and nothing comes back. */
  let swallowAt = Number.POSITIVE_INFINITY;
  const cut = () => {
    for (const socket of open) socket.destroy();
    open = new Set();
  };
  beforeAll(async () => {
    network = createServer((browser) => {
      if (away) return void browser.destroy();
      const server = connect(Number(new URL(stage.app.url).port), '127.0.0.1');
      for (const socket of [browser, server]) open.add(socket.on('error', () => socket.destroy()));
      browser.on('close', () => server.destroy());
      server.on('close', () => browser.destroy());
      browser.on('data', ({ length }) => {
        passed += length;
        if (passed >= swallowAt) {
          for (const socket of open) socket.unpipe().pause();
          return;
        }
        if (passed < cutAt) return;
        cutAt = Number.POSITIVE_INFINITY;
        away = stays;
        cut();
      });
      browser.pipe(server).pipe(browser);
    });
    await new Promise<void>((done) => network.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    cut();
    network.close();
  });
  const visit = async () => {
    const page = await stage.open(await stage.profile(), `http://127.0.0.1:${(network.address() as AddressInfo).port}/`);
    await write(page, 'before the cut');
    await page.getByRole('log').getByText('before the cut').waitFor();
    return page;
  };
  const film = async () => ({ name: 'film.png', mimeType: 'image/png', buffer: await photo(700) });

  test('cut once amid an upload: it begins again by itself, and the message goes out once with one file', async () => {
    const page = await visit();
    const file = await film();
    [passed, cutAt] = [0, 500_000];
    await page.locator('input[type=file]').setInputFiles(file);
    await write(page, 'here it is');
    const picture = page.getByRole('log').getByRole('img', { name: 'film.png' });
    await picture.waitFor({ timeout: 30_000 });
    expect(cutAt).toBe(Number.POSITIVE_INFINITY);
    expect(await page.getByRole('log').getByText('here it is').count()).toBe(1);
    const [kept] = await stage.app.query<{ count: string }>("select count(*) from message where text = 'here it is'");
    expect(kept?.count).toBe('1');
  });

  test('gone for longer: the chat soon says what it waits for, and the file goes by itself when the network is back', async () => {
    const page = await visit();
    const file = await film();
    [passed, cutAt, stays] = [0, 500_000, true];
    await page.locator('input[type=file]').setInputFiles(file);
    // Said within seconds, not after every try has run out (40 s).
    await page.locator('.uploads').getByText('Waiting for a connection').waitFor({ timeout: 10_000 });
    await write(page, 'with the film');
    await page.getByText('Goes out as soon as the file is there.').waitFor();
    [away, stays] = [false, false];
    await page.getByRole('log').getByRole('img', { name: 'film.png' }).waitFor({ timeout: 30_000 });
    expect(await page.getByRole('log').getByText('with the film').count()).toBe(1);
  });

  test('a network that swallows everything without a word is noticed too, and nobody has to do anything', async () => {
    const page = await visit();
    const file = await film();
    [passed, swallowAt] = [0, 500_000];
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('.uploads').getByText('Waiting for a connection').waitFor({ timeout: 45_000 });
    swallowAt = Number.POSITIVE_INFINITY;
    // What hung tells that it is dead, as a network does that comes back.
    cut();
    await page.locator('.uploads').getByText('Ready; goes with your message.').waitFor({ timeout: 30_000 });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApp } from '../setup/app.ts';
import { until } from '../setup/until.ts';

/** A contact of a channel under test, as the network shows them: they write, press, and see what arrives. */
export interface SimulatedContact {
  /** Writes a message; the same `id` twice is a repeated delivery of the same message by the network. */
  write(text: string, id?: string): Promise<void>;
  /** Presses the newest button (or answers the newest numbered list) that says `label`. */
  press(label: string | RegExp): Promise<void>;
  /** Plain texts that arrived from Destek so far, in order. */
  arrived(): string[];
}

/** What a channel brings to the contract: an app with the channel on, its own network double, contacts. */
export interface ChannelUnderTest {
  app: TestApp;
  contact(): Promise<SimulatedContact>;
  end(): Promise<void>;
}

/** What every channel must do, through the real app, the real client library and a double of the network. The knowledge is tests/fixtures/knowledge. */
export function channelContract(name: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`${name}: the contract of a channel`, () => {
    let under: ChannelUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.end());
    const stored = async (text: string) =>
      under.app.query<{ id: number }>('select id from message where author = $1 and text = $2', ['contact', text]);
    const arrival = (contact: SimulatedContact, text: RegExp) => until(() => contact.arrived().find((each) => text.test(each)));

    test('a question is answered by one message, which first says who answers; the next one does not say that again', async () => {
      const contact = await under.contact();
      await contact.write('how long does a withdrawal take?');
      await arrival(contact, /24 hours/);
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(contact.arrived()).toEqual([expect.stringMatching(/automatic assistant[\s\S]*\n\s*\n[\s\S]*24 hours/)]);
      await contact.write('I forgot my password');
      await arrival(contact, /Forgot password/);
      expect(contact.arrived().slice(1)).toEqual([expect.not.stringMatching(/automatic assistant/)]);
    });

    test('a message that the network delivers twice has one effect', async () => {
      const contact = await under.contact();
      const [id, text] = [randomUUID(), `${randomUUID().slice(0, 8)} I forgot my password`];
      await contact.write(text, id);
      await contact.write(text, id);
      await arrival(contact, /Forgot password/);
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(await stored(text)).toHaveLength(1);
      expect(contact.arrived().filter((each) => /Forgot password/.test(each))).toHaveLength(1);
    });

    test('messages of one contact are kept in the order they were written', async () => {
      const contact = await under.contact();
      const mark = randomUUID().slice(0, 8);
      const texts = Array.from({ length: 6 }, (_, n) => `${mark} line ${n}`);
      for (const text of texts) await contact.write(text);
      await until(async () => (await under.app.query('select 1 from message where text like $1', [`${mark}%`])).length === texts.length);
      const kept = await under.app.query<{ text: string }>('select text from message where text like $1 order by seq', [`${mark}%`]);
      expect(kept.map((row) => row.text)).toEqual(texts);
    });

    test('a choice can be taken: the yes after an answer is thanked', async () => {
      const contact = await under.contact();
      await contact.write('how do I reset my password');
      await arrival(contact, /Forgot password/);
      await contact.press(/yes/i);
      await arrival(contact, /Glad to hear/);
    });

    test('markup and script in what a contact writes stay text', async () => {
      const contact = await under.contact();
      const text = `<b>*_[x](javascript:alert(1))_*</b> <script>alert(1)</script> ${randomUUID().slice(0, 8)}`;
      await contact.write(text);
      await until(async () => (await stored(text)).length === 1);
    });

    test('a person is called and the bot is silent from then on', async () => {
      const contact = await under.contact();
      await contact.write('/human');
      await arrival(contact, /\d{4,}-[A-Z]/);
      const before = contact.arrived().length;
      await contact.write('how long does a withdrawal take?');
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      expect(contact.arrived()).toHaveLength(before);
    });

    test('letters of all three languages, emoji and right-to-left marks survive', async () => {
      const contact = await under.contact();
      const text = `İıŞşĞğÇçÖöÜü Əə «салам» 👩‍👩‍👧 \u200fשלום ${randomUUID().slice(0, 8)}`;
      await contact.write(text);
      await until(async () => (await stored(text)).length === 1);
    });
  });
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harmlessFiles, hostileFiles } from '../../files/corpus.ts';
import { until } from '../../setup/until.ts';
import { saying, startTogether, stored, type Together } from './setup.ts';

let both: Together;
beforeAll(async () => {
  both = await startTogether();
});
afterAll(() => both.end());
const answerTo = (interaction: string) => until(() => both.discord.state.answers.get(interaction));

describe('direct messages', () => {
  test('an edit and a deletion reach the record', async () => {
    const { discord, app } = both;
    const person = discord.person();
    const message = discord.write(person, 'my number is wrong 4711');
    await until(async () => (await stored(both, '%4711')).length === 1);
    discord.edit(person, message, 'my number is right 4712');
    await until(async () => (await stored(both, '%4712')).length === 1);
    discord.remove(message);
    await until(async () => (await stored(both, '%471_')).length === 0);
    const events = await app.query<{ kind: string }>(
      `select e.kind from event e join message m on m.external_id = $1 where e.conversation_id = m.conversation_id and e.kind in ('edited', 'deleted') order by e.seq`,
      [message.id],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['edited', 'deleted']);
  });

  test('a preview that Discord adds to a message is no edit', async () => {
    const { discord, app } = both;
    const person = discord.person();
    const message = discord.write(person, 'see https://example.com 5150');
    await until(async () => (await stored(both, '%5150')).length === 1);
    discord.gateway.dispatch('MESSAGE_UPDATE', { ...message, content: 'see https://example.com 5150 changed', embeds: [{ type: 'link' }] });
    discord.write(person, 'afterwards 5151');
    await until(async () => (await stored(both, '%5151')).length === 1);
    expect(
      await app.query(
        `select 1 from event where kind = 'edited' and conversation_id = (select conversation_id from message where external_id = $1)`,
        [message.id],
      ),
    ).toEqual([]);
  });

  test('bytes of files are copied at receipt; one that is not there any more is listed with the reason, and the text stays', async () => {
    const { discord } = both;
    const bytes = 'The transfer of last Monday is not in my account.';
    const cdn = createServer((request, response) => void response.writeHead(request.url === '/note.txt' ? 200 : 404).end(bytes));
    await new Promise<void>((resolve) => cdn.listen(0, '127.0.0.1', resolve));
    const { port } = cdn.address() as AddressInfo;
    const attachments = ['note.txt', 'gone.txt'].map((filename) => ({
      id: discord.newId(),
      filename,
      size: bytes.length,
      url: `http://127.0.0.1:${port}/${filename}`,
      proxy_url: '',
      content_type: 'text/plain',
    }));
    discord.write(discord.person(), 'here is my receipt 6001', { more: { attachments } });
    const [message] = await until(async () => {
      const found = await stored(both, '%6001');
      return found.length > 0 ? found : undefined;
    });
    cdn.close();
    expect(message?.body.attachments).toMatchObject([
      { name: 'note.txt', size: bytes.length, file: expect.any(String) },
      { name: 'gone.txt', refused: 'unavailable' },
    ]);
  });

  test('every hostile file gets its verdict, and every harmless one is kept', async () => {
    const { discord } = both;
    const all = [...(await hostileFiles()), ...(await harmlessFiles())];
    const cdn = createServer((request, response) => void response.end(all[Number(request.url?.slice(1))]?.bytes));
    await new Promise<void>((resolve) => cdn.listen(0, '127.0.0.1', resolve));
    const { port } = cdn.address() as AddressInfo;
    const files = all.map(({ name, bytes }, n) => ({
      id: discord.newId(),
      filename: name,
      size: bytes.length,
      url: `http://127.0.0.1:${port}/${n}`,
      proxy_url: '',
    }));
    for (let n = 0; n < files.length; n += 10)
      discord.write(discord.person(), `corpus ${String(n).padStart(3, '0')} 6004`, { more: { attachments: files.slice(n, n + 10) } });
    const messages = await until(async () => {
      const found = await stored(both, '%6004');
      return found.length === Math.ceil(files.length / 10) ? found : undefined;
    }, 30_000);
    cdn.close();
    const verdicts = messages
      .toSorted((a, b) => a.text.localeCompare(b.text))
      .flatMap(({ body }) => (body.attachments as { refused?: string }[]).map(({ refused }) => refused));
    expect(verdicts).toEqual(all.map(({ refused }) => refused));
  }, 60_000);

  test('the message that is answered is quoted', async () => {
    const { discord } = both;
    const person = discord.person();
    const first = discord.write(person, 'which bank do you mean 6002');
    discord.write(person, 'this one 6003', { more: { type: 19, referenced_message: first } });
    const [message] = await until(async () => {
      const found = await stored(both, '%6003');
      return found.length > 0 ? found : undefined;
    });
    expect(message?.body).toMatchObject({ quoted: 'which bank do you mean 6002' });
  });

  test('a pressed button is acknowledged after it is stored, and all of its message are off; pressed again it does no harm', async () => {
    const { discord, app } = both;
    const person = discord.person();
    discord.write(person, 'how do I reset my password');
    const offer = await saying(both, person.direct, /Forgot password/);
    const [yes] = offer.components?.[0]?.components ?? [];
    expect(yes?.style).toBe(2);
    const press = discord.press(person, offer, yes?.custom_id ?? '');
    const answer = await answerTo(press);
    expect(answer.type).toBe(7);
    expect(await app.query('select text from message where external_id = $1', [press])).toEqual([{ text: 'Yes, thank you' }]);
    expect(offer.components?.flatMap((row) => row.components).every(({ disabled }) => disabled)).toBe(true);
    expect(offer.components?.[0]?.components[0]?.style).toBe(3);
    await saying(both, person.direct, /Glad to hear/);

    const again = discord.press(person, offer, yes?.custom_id ?? '');
    expect((await answerTo(again)).type).toBe(7);
    await until(() => discord.said(person.direct).length >= 3);
    expect(
      await app.query(
        'select 1 from ticket t join conversation c on c.id = t.conversation_id join address a on a.id = c.address_id where a.value = $1',
        [person.direct],
      ),
    ).toEqual([]);
  });

  test('a slash command is shown as what was asked and answered', async () => {
    const { discord } = both;
    const person = discord.person();
    const asked = discord.command(person, 'ask', { question: 'how long does a *withdrawal* take' });
    expect((await answerTo(asked)).data?.content).toBe('> how long does a \\*withdrawal\\* take');
    await saying(both, person.direct, /24 hours/);
    discord.command(person, 'lang');
    const languages = await saying(both, person.direct, /Which language/);
    expect(languages.components?.[0]?.components.map(({ label }) => label)).toEqual(['Türkçe', 'English', 'Azərbaycanca']);
    discord.command(person, 'status', { number: '9999-Z' });
    await saying(both, person.direct, /cannot find ticket 9999-Z/);
  });

  test('closed direct messages are a state: the reply is marked, the address too, nothing is tried again', async () => {
    const { discord, app } = both;
    const person = discord.person();
    discord.state.closed.add(person.direct);
    discord.write(person, 'how long does a withdrawal take');
    const replies = () =>
      app.query<{ delivery: string; failure: string }>(
        `select m.delivery, m.failure from message m join address a on a.id = m.address_id where a.value = $1 and m.author = 'bot'`,
        [person.direct],
      );
    await until(async () => (await replies()).filter(({ delivery }) => delivery === 'failed').length === 1);
    expect(new Set((await replies()).map(({ failure }) => failure))).toEqual(new Set(['dm-closed']));
    expect(await app.query('select unreachable from address where value = $1', [person.direct])).toEqual([{ unreachable: 'dm-closed' }]);
    const tries = discord.seen.requests.filter(({ path }) => path === `/channels/${person.direct}/messages`).length;
    expect(tries).toBe(1);
  });
});

describe('in a server', () => {
  test('who calls the bot is answered there, others are not heard', async () => {
    const { discord } = both;
    const channel = discord.channel();
    const [asker, other] = [discord.person('Ada'), discord.person('Bora')];
    discord.write(other, 'how do I reset my password', { channel });
    discord.write(asker, `<@${discord.me}> how long does a withdrawal take?`, { channel });
    const answer = await saying(both, channel, /24 hours/);
    expect(answer.content.startsWith(`<@${asker.id}> `)).toBe(true);
    expect(discord.said(channel).some(({ content }) => /Forgot password/.test(content))).toBe(false);
    expect(discord.said(asker.direct)).toEqual([]);
    expect((await stored(both, 'how long does a withdrawal take?')).map(({ address }) => address)).toContain(`${channel}:${asker.id}`);
    expect(await stored(both, '<@%')).toEqual([]);
  });

  test('buttons answer only whom they were shown to', async () => {
    const { discord } = both;
    const channel = discord.channel();
    const [asker, other] = [discord.person('Ada'), discord.person('Bora')];
    discord.write(asker, `<@${discord.me}> how do I reset my password`, { channel });
    const offer = await saying(both, channel, /Forgot password/);
    const button = offer.components?.[0]?.components[0];
    const strange = await answerTo(discord.press(other, offer, button?.custom_id ?? ''));
    expect(strange).toMatchObject({ type: 4, data: { flags: 68 } });
    expect(offer.components?.[0]?.components[0]?.disabled).toBeUndefined();
    expect((await answerTo(discord.press(asker, offer, button?.custom_id ?? ''))).type).toBe(7);
    await saying(both, channel, /Glad to hear/);
  });

  test('an ordinary handover is not begun where others read along', async () => {
    const { discord, app } = both;
    const channel = discord.channel();
    const person = discord.person('Ada');
    discord.write(person, `<@${discord.me}> my withdrawal is late`, { channel });
    await saying(both, channel, /private message/);
    expect(discord.said(channel).some(({ content }) => /\d{4,}-[A-Z]/.test(content))).toBe(false);
    expect(
      await app.query(
        'select 1 from ticket t join conversation c on c.id = t.conversation_id join address a on a.id = c.address_id where a.value = $1',
        [`${channel}:${person.id}`],
      ),
    ).toEqual([]);
  });

  test('distress reaches a person from anywhere: it goes on in direct messages, and what is written there belongs to it', async () => {
    const { discord, app } = both;
    const channel = discord.channel();
    const person = discord.person('Ada');
    const first = discord.write(person, `<@${discord.me}> I want to kill myself`, { channel });
    await saying(both, person.direct, /\d{4,}-[A-Z]/);
    const pointer = await saying(both, channel, /direct message/);
    expect(pointer.content).toContain(`<@${person.id}>`);
    expect(discord.said(channel)).toHaveLength(1);
    const before = discord.said(person.direct).length;
    discord.write(person, 'please help 7007');
    const [added] = await until(async () => {
      const found = await stored(both, '%7007');
      return found.length > 0 ? found : undefined;
    });
    expect(added?.address).toMatch(new RegExp(`^${person.direct}@\\d+$`));
    const talk = await app.query(
      `select c.owner, count(*)::int as messages from message m join conversation c on c.id = m.conversation_id join address a on a.id = c.address_id where a.value = $1 and m.author = 'contact' group by c.owner`,
      [added?.address],
    );
    expect(talk).toEqual([{ owner: 'queue', messages: 2 }]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(discord.said(person.direct)).toHaveLength(before);

    // What was written in public can still be taken back, and the next public question is answered in public.
    discord.remove(first);
    await until(async () => (await app.query(`select 1 from message where external_id = $1 and text = ''`, [first.id])).length === 1);
    discord.write(person, `<@${discord.me}> how long does a withdrawal take?`, { channel });
    await saying(both, channel, /24 hours/);
  });

  test('personal commands go to direct messages at once', async () => {
    const { discord } = both;
    const channel = discord.channel();
    const person = discord.person('Ada');
    const answer = await answerTo(discord.command(person, 'human', {}, channel));
    expect(answer).toMatchObject({ type: 4, data: { flags: 68 } });
    await saying(both, person.direct, /\d{4,}-[A-Z]/);
    expect(discord.said(channel)).toEqual([]);
    expect((await stored(both, '/human')).map(({ address }) => address)).toContain(person.direct);
  });

  test('closed direct messages are said where the person is', async () => {
    const { discord } = both;
    const channel = discord.channel();
    const person = discord.person('Ada');
    discord.state.closed.add(person.direct);
    discord.write(person, `<@${discord.me}> I want to kill myself`, { channel });
    const pointer = await saying(both, channel, /cannot write to you directly/);
    expect(pointer.content).not.toMatch(/\d{4,}-[A-Z]/);
  });

  test('a deletion is known by its author, whom Discord does not name', async () => {
    const { discord } = both;
    const channel = discord.channel();
    const [one, two] = [discord.person('Ada'), discord.person('Bora')];
    const first = discord.write(one, `<@${discord.me}> first 8001`, { channel });
    discord.write(two, `<@${discord.me}> second 8002`, { channel });
    await until(async () => (await stored(both, '%800_')).length === 2);
    discord.remove(first);
    await until(async () => (await stored(both, '%8001')).length === 0);
    expect(await stored(both, '%8002')).toHaveLength(1);
  });
});

test('slash commands are registered in the languages that Discord knows', () => {
  const [ask, human, lang, status] = both.discord.state.commands;
  expect(ask).toMatchObject({
    name: 'ask',
    name_localizations: { tr: 'sor', 'en-US': 'ask' },
    options: [{ name: 'question', required: true }],
  });
  expect([human, lang, status].map((command) => command?.name)).toEqual(['human', 'lang', 'status']);
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCall } from '../../../src/bots/telegram/client.ts';
import { createPace } from '../../../src/bots/telegram/pace.ts';
import { createSend } from '../../../src/bots/telegram/send.ts';
import { type Host, Undeliverable } from '../../../src/conversation/channel.ts';
import type { Attachment } from '../../../src/conversation/message.ts';
import { createLog } from '../../../src/log.ts';
import { harmlessFiles, hostileFiles } from '../../files/corpus.ts';
import { newDatabase } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { startTelegram, type TelegramDouble, token } from './double.ts';
import { type Receiver, startReceiver } from './receiver.ts';

let telegram: TelegramDouble;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterEach(() => telegram.refuse(undefined));
afterAll(() => telegram.close());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const note = Buffer.from('The transfer of last Monday is not in my account.\n');

describe('files that people send', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver(telegram, await newDatabase());
  });
  afterAll(() => receiver.stop());
  const put = (id: string, bytes: Buffer, failures?: number) => {
    telegram.files.set(id, { bytes, failures });
    return { file_id: id, file_unique_id: id, file_size: bytes.length };
  };
  const kept = (chat: number) =>
    until(async () => {
      const [row] = await receiver.query<{ text: string; body: { attachments?: Attachment[]; quoted?: string } }>(
        `select m.text, m.body from message m join address a on a.id = m.address_id where a.value = $1 order by m.id desc limit 1`,
        [chat],
      );
      return row;
    });

  test('an album is one message with all its pictures, and their bytes are kept', async () => {
    const aysel = telegram.chats.person();
    const photo = (n: number) => [{ ...put(`photo${n}`, png), width: 1, height: 1 }];
    aysel.send({ photo: photo(1), caption: 'both sides', media_group_id: 'a1' });
    aysel.send({ photo: photo(2), media_group_id: 'a1' });
    const { text, body } = await kept(aysel.chat.id);
    expect(text).toBe('both sides');
    expect(body.attachments).toMatchObject([
      { type: 'image/png', file: expect.any(String) },
      { type: 'image/png', file: expect.any(String) },
    ]);
  });

  test('a download that fails at first is tried again; one that is not there leaves the text, with the reason', async () => {
    const aysel = telegram.chats.person();
    aysel.send({ document: { ...put('flaky', note, 1), file_name: 'note.txt', mime_type: 'text/plain' }, caption: 'see this' });
    expect((await kept(aysel.chat.id)).body.attachments).toMatchObject([{ name: 'note.txt', file: expect.any(String) }]);
    const rauf = telegram.chats.person();
    rauf.send({ document: { file_id: 'gone', file_unique_id: 'gone', file_size: 10, file_name: 'gone.txt' }, caption: 'and this' });
    expect(await kept(rauf.chat.id)).toMatchObject({
      text: 'and this',
      body: { attachments: [{ name: 'gone.txt', refused: 'unavailable' }] },
    });
  });

  test('a file that is larger than bots may have is named and never asked for; the text is kept', async () => {
    const rauf = telegram.chats.person();
    rauf.send({
      document: { file_id: 'scan', file_unique_id: 'scan', file_size: 23_000_000, file_name: 'scan.pdf' },
      caption: 'all pages',
    });
    expect(await kept(rauf.chat.id)).toMatchObject({
      text: 'all pages',
      body: { attachments: [{ name: 'scan.pdf', refused: 'too-large-here' }] },
    });
    const aysel = telegram.chats.person();
    aysel.send({
      video: { file_id: 'film', file_unique_id: 'film', file_size: 31_457_280, file_name: 'screen.mp4' },
      caption: 'my screen',
    });
    expect(await kept(aysel.chat.id)).toMatchObject({
      text: 'my screen',
      body: { attachments: [{ name: 'screen.mp4', size: 31_457_280, refused: 'too-large' }] },
    });
    expect(telegram.calls.filter(({ method, payload }) => method === 'getFile' && ['scan', 'film'].includes(payload.file_id))).toEqual([]);
  });

  test('what kinds cannot be kept are listed with the reason: voice, film, sticker', async () => {
    const aysel = telegram.chats.person();
    aysel.send({ voice: { ...put('voice', Buffer.from('OggS....')), duration: 2 } });
    expect((await kept(aysel.chat.id)).body.attachments).toMatchObject([{ name: 'voice-message.ogg', refused: expect.any(String) }]);
  });

  test('every hostile file gets its verdict, and every harmless one is kept', async () => {
    const all = [...(await hostileFiles()), ...(await harmlessFiles())];
    const people = all.map(({ name, bytes }, n) => {
      const person = telegram.chats.person();
      person.send({ document: { ...put(`corpus${n}`, bytes), file_name: name }, caption: 'here' });
      return person;
    });
    const verdicts: (string | undefined)[] = [];
    for (const { chat } of people) verdicts.push((await kept(chat.id)).body.attachments?.[0]?.refused);
    expect(verdicts).toEqual(all.map(({ refused }) => refused));
  }, 60_000);

  test('the message that is answered is quoted, masked', async () => {
    const aysel = telegram.chats.person();
    const asked = telegram.chats.add(aysel.chat, aysel.user, { text: 'My card is 4111 1111 1111 1111' });
    aysel.send({ text: 'this one', reply_to_message: asked });
    const { body } = await kept(aysel.chat.id);
    expect(body.quoted).toMatch(/^My card is /);
    expect(body.quoted).not.toMatch(/4111 1111 1111/);
  });
});

describe('files that agents send', () => {
  const files: Record<string, { name: string; type: string; bytes: Buffer }> = {
    picture: { name: 'steps.png', type: 'image/png', bytes: png },
    note: { name: 'note.txt', type: 'text/plain', bytes: note },
  };
  const host = {
    files: {
      open: async (id: string) => {
        const file = files[id];
        return file && { ...file, size: file.bytes.length };
      },
    },
    log: createLog('silent'),
  } as unknown as Host;
  const sending = { id: '1.0', messageId: 1, seq: 1, attempt: 1, author: 'agent' as const, at: new Date() };
  const reply = (text: string, ids: string[]) => ({
    type: 'attachment' as const,
    text,
    attachments: ids.map((file) => ({ name: 'x', type: 'x', size: 1, file })),
  });
  const over = (root = telegram.root) =>
    createSend({ host, call: createCall(token, root), me: async () => ({ id: 1, username: 'x' }), pace: createPace() });
  const arrived = (chat: number) => telegram.chats.messagesIn(chat) as unknown as Record<string, { bytes?: Buffer; name?: string }>[];

  test('a picture goes out as bytes with its words beside it', async () => {
    const { chat } = telegram.chats.person();
    await over()(String(chat.id), reply('These are the **steps**.', ['picture']), sending);
    const [message] = arrived(chat.id);
    expect(message).toMatchObject({ caption: 'These are the steps.', caption_entities: [{ type: 'bold', offset: 14, length: 5 }] });
    expect(message?.photo?.bytes?.equals(png)).toBe(true);
  });

  test('several are an album: pictures as pictures, mixed ones as documents', async () => {
    const { chat } = telegram.chats.person();
    await over()(String(chat.id), reply('two', ['picture', 'picture']), sending);
    expect(arrived(chat.id).map((each) => [each.photo?.name, each.caption])).toEqual([
      ['steps.png', 'two'],
      ['steps.png', undefined],
    ]);
    const other = telegram.chats.person().chat;
    await over()(String(other.id), reply('', ['picture', 'note']), sending);
    expect(arrived(other.id).map((each) => each.document?.name)).toEqual(['steps.png', 'note.txt']);
  });

  test('a picture that Telegram does not show goes as a document', async () => {
    const { chat } = telegram.chats.person();
    telegram.refuse((method) =>
      method === 'sendPhoto' ? { error_code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' } : undefined,
    );
    await over()(String(chat.id), reply('', ['picture']), sending);
    expect(arrived(chat.id)[0]?.document?.name).toBe('steps.png');
  });

  test('a file that is gone is undeliverable, with the reason', async () => {
    const { chat } = telegram.chats.person();
    await expect(over()(String(chat.id), reply('', ['erased']), sending)).rejects.toThrow(Undeliverable);
    expect(arrived(chat.id)).toEqual([]);
  });

  test('no answer to a send: it may have arrived, and that is told; nobody there: it has not', async () => {
    const { chat } = telegram.chats.person();
    telegram.refuse((method) => (method === 'sendMessage' ? 'lost' : undefined));
    await expect(over()(String(chat.id), { type: 'text', text: 'hello' }, sending)).rejects.toMatchObject({ maybeSent: true });
    expect(arrived(chat.id)).toHaveLength(1);
    await expect(over('http://127.0.0.1:9')(String(chat.id), { type: 'text', text: 'hello' }, sending)).rejects.toMatchObject({
      maybeSent: false,
    });
  });
});

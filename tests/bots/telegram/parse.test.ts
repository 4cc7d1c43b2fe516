import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/bots/telegram/parse.ts';
import * as updates from './updates.ts';
import { inGroup, me, message } from './updates.ts';

const read = (...given: Parameters<typeof parse>[0]) => parse(given, me);

describe('a private chat', () => {
  test('text, with who wrote it', () => {
    expect(read(message({ text: 'Salam!' }))).toEqual({
      fact: 'message',
      origin: { address: '500000001', contact: { name: 'Aysel Quliyeva', language: 'az' } },
      id: '1365',
      text: 'Salam!',
      files: [],
      at: 1441645532000,
      unsupported: false,
    });
  });

  test.each([
    ['photo', updates.photo, 'my receipt', [{ name: 'photo-1365.jpg', type: 'image/jpeg', size: 61_871 }]],
    ['voice', updates.voice, '', [{ name: 'voice-message.ogg', type: 'audio/ogg', size: 23_000 }]],
    ['video', updates.bigVideo, 'see what happens', [{ name: 'screen.mp4', type: 'video/mp4', size: 31_457_280 }]],
    ['animation, once', updates.gif, '', [{ name: 'wow.gif.mp4', type: 'video/mp4', size: 44_105 }]],
    ['sticker as what it means', updates.sticker, '👍', []],
    ['location', updates.location, '📍 41.015137, 28.97953', []],
    ['contact', updates.contact, '👤 Rauf Aliyev +994501234567', []],
  ])('%s', (_, update, text, files) => {
    const fact = read(update);
    expect(fact).toMatchObject({ fact: 'message', text });
    expect(fact).toHaveProperty(
      'files',
      files.map((file) => expect.objectContaining(file)),
    );
  });

  test('what cannot be read is told apart from what nobody sent', () => {
    expect(read(updates.poll)).toMatchObject({ fact: 'message', text: '', unsupported: true });
    for (const [what, update] of Object.entries(updates.service)) expect(read(update), what).toBeUndefined();
  });

  test('an album is one message', () => {
    expect(read(...updates.album)).toMatchObject({
      id: '1401',
      text: 'both sides of my card',
      files: [{ size: 61_872 }, { size: 61_873 }, { size: 61_874 }],
    });
  });

  test('an edit; not of a live location, nor of an album picture without words', () => {
    expect(read(updates.edited)).toMatchObject({ fact: 'edited', id: '1365', text: 'Edited text', album: false });
    const edit = (given: typeof updates.location) =>
      ({ update_id: 1, edited_message: 'message' in given ? given.message : undefined }) as never;
    expect(read(edit(updates.location))).toBeUndefined();
    expect(read(edit(updates.album[1] as never))).toBeUndefined();
    expect(read(edit(updates.album[0] as never))).toMatchObject({ fact: 'edited', id: '1401', album: true });
  });

  test('a pressed button, with its label where Telegram still knows it', () => {
    expect(read(updates.pressed)).toMatchObject({
      fact: 'press',
      data: '=solved:yes~17',
      label: 'Yes, thank you',
      chat: 500000001,
      message: 1366,
      mine: true,
    });
    expect(read(updates.pressedLongAgo)).toMatchObject({ fact: 'press', data: '=person~3', label: '' });
  });

  test('what a link to the bot carries is not kept', () => {
    expect(read(message({ text: '/start c2VjcmV0' }))).toMatchObject({ text: '/start' });
    expect(read(message({ text: '/start@demo_desk_bot c2VjcmV0' }))).toMatchObject({ text: '/start' });
    expect(read(message({ text: '/status 1042-K' }))).toMatchObject({ text: '/status 1042-K' });
  });

  test('blocked', () => {
    expect(read(updates.blocked)).toEqual({ fact: 'unreachable', address: '500000001', code: 'blocked' });
  });
});

describe('a group', () => {
  const entity = (type: string, offset: number, length: number) => ({ entities: [{ type, offset, length }] });

  test.each([
    ['named', { text: '@Demo_Desk_Bot how long?', ...entity('mention', 0, 14) }, 'how long?'],
    ['named in the middle', { text: 'hey @demo_desk_bot how long?', ...entity('mention', 4, 14) }, 'hey how long?'],
    [
      'named in a caption',
      { photo: [], caption: '@demo_desk_bot look', caption_entities: [{ type: 'mention', offset: 0, length: 14 }] },
      'look',
    ],
    ['answered', { text: 'and how much?', reply_to_message: updates.replyToBot }, 'and how much?'],
    ['commanded by name', { text: '/help@demo_desk_bot', ...entity('bot_command', 0, 19) }, '/help'],
    ['commanded', { text: '/help', ...entity('bot_command', 0, 5) }, '/help'],
  ])('the bot is %s', (_, content, text) => {
    expect(read(inGroup(content))).toMatchObject({
      fact: 'message',
      text,
      id: '-400000001:1365',
      origin: { address: '-400000001:500000001' },
    });
  });

  test.each([
    ['others talk', { text: 'how long?' }],
    ['another bot is commanded', { text: '/help@other_bot', ...entity('bot_command', 0, 15) }],
    ['an unknown command', { text: '/roll', ...entity('bot_command', 0, 5) }],
    ['a name that only begins like ours', { text: '@demo_desk_bot2 hi', ...entity('mention', 0, 15) }],
  ])('the bot is silent when %s', (_, content) => {
    expect(read(inGroup(content))).toBeUndefined();
  });

  test('each author, and each topic, is an address of its own', () => {
    expect(read(updates.inTopic)).toMatchObject({ origin: { address: '-1001234567890:500000001:77' }, text: 'salam' });
  });

  test('a button belongs to whom the message answers', () => {
    const press = structuredClone(updates.pressed) as never as { callback_query: { message: object } };
    Object.assign(press.callback_query.message, { chat: { id: -400000001, type: 'group' }, reply_to_message: { from: { id: 42 } } });
    expect(read(press as never)).toMatchObject({ fact: 'press', mine: false });
  });

  test('that becomes a supergroup', () => {
    expect(read(updates.migrated)).toEqual({ fact: 'moved', from: -400000001, to: -1009876543210 });
  });
});

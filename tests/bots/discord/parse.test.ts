import type { GatewayDispatchPayload } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/bots/discord/parse.ts';
import { buttonPress, message, slashCommand } from './fixtures.ts';

const me = '111111111111111111';
const bot = { id: me, username: 'destek', global_name: null, discriminator: '0000', avatar: null, bot: true };
const read = (t: string, d: object) => parse({ t, d } as unknown as GatewayDispatchPayload, me);
const created = (more: object) => read('MESSAGE_CREATE', { ...message, ...more });

describe('messages', () => {
  test('a direct message', () => {
    expect(created({})).toEqual({
      fact: 'message',
      from: { place: { channel: '290926798999357250', author: undefined }, author: '53908099506183680', name: 'Mason', server: false },
      id: '334385199974967042',
      text: 'Supa Hot',
      files: [],
      at: Date.parse('2017-07-11T17:27:07.299Z'),
      personal: false,
    });
  });

  test.each([
    ['other bots', { author: { ...message.author, bot: true } }],
    ['webhooks', { webhook_id: '1' }],
    ["Discord's own notes", { type: 7 }],
    ['messages with nothing in them', { content: ' ' }],
    ['talk in a server that is not for the bot', { guild_id: '1', content: '' }],
    ['@everyone in a server', { guild_id: '1', mention_everyone: true, content: '@everyone' }],
  ])('%s are nobody’s question', (_, more) => {
    expect(created(more)).toBeUndefined();
  });

  test('a mention in a server is taken out, others become names', () => {
    const other = { id: '222222222222222222', username: 'ada', global_name: 'Ada', discriminator: '0', avatar: null };
    const fact = created({ guild_id: '1', content: `<@${me}>  ask <@222222222222222222> <:party:333>`, mentions: [bot, other] });
    expect(fact).toMatchObject({
      text: 'ask @Ada :party:',
      from: { place: { channel: '290926798999357250', author: '53908099506183680' }, server: true },
    });
  });

  test('a bare mention asks for a beginning; a personal command in a server is known', () => {
    expect(created({ guild_id: '1', content: `<@!${me}>`, mentions: [bot] })).toMatchObject({ text: '/start', personal: false });
    expect(created({ guild_id: '1', content: `<@${me}> /status 1042-K`, mentions: [bot] })).toMatchObject({
      text: '/status 1042-K',
      personal: true,
    });
  });

  test('polls, forwarded messages and stickers say what they can', () => {
    expect(created({ content: '', poll: { question: { text: 'Which one?' } } })).toMatchObject({ text: 'Which one?' });
    expect(created({ content: '', message_snapshots: [{ message: { content: 'forwarded' } }] })).toMatchObject({ text: 'forwarded' });
    expect(created({ content: '', sticker_items: [{ id: '1', name: 'Wave', format_type: 1 }] })).toMatchObject({
      text: '',
      files: [{ name: 'Wave', type: 'image/x-sticker' }],
    });
  });

  test('edits by people, not previews', () => {
    expect(read('MESSAGE_UPDATE', { ...message, embeds: [{}] })).toBeUndefined();
    expect(read('MESSAGE_UPDATE', { ...message, content: 'new', edited_timestamp: '2017-07-11T18:00:00.000000+00:00' })).toMatchObject({
      fact: 'edited',
      id: message.id,
      text: 'new',
    });
  });

  test('deletions, one or many', () => {
    expect(read('MESSAGE_DELETE', { id: '1', channel_id: '2' })).toEqual({ fact: 'deleted', channel: '2', server: false, ids: ['1'] });
    expect(read('MESSAGE_DELETE_BULK', { ids: ['1', '3'], channel_id: '2', guild_id: '4' })).toEqual({
      fact: 'deleted',
      channel: '2',
      server: true,
      ids: ['1', '3'],
    });
  });

  test('events that are nothing to us', () => {
    for (const t of ['GUILD_CREATE', 'TYPING_START', 'RESUMED', 'SOMETHING_NEW']) expect(read(t, { channel_id: '1' })).toBeUndefined();
  });
});

describe('interactions', () => {
  const command = (name: string, value?: string) =>
    read('INTERACTION_CREATE', {
      ...slashCommand,
      data: { ...slashCommand.data, name, options: value ? [{ type: 3, name: 'x', value }] : undefined },
    });

  test('slash commands', () => {
    expect(command('ask', 'how long?')).toMatchObject({
      fact: 'command',
      text: 'how long?',
      question: 'how long?',
      personal: false,
      id: '786008729715212338',
      from: { place: { channel: '645027906669510667', author: '53908232506183680' }, language: 'en', server: true },
      answer: { id: '786008729715212338', token: 'A_UNIQUE_TOKEN' },
    });
    expect(command('human')).toMatchObject({ text: '/human', personal: true });
    expect(command('status', '1042-K')).toMatchObject({ text: '/status 1042-K', personal: true });
  });

  test('a press of a button of ours, by whom it is for and by others', () => {
    const press = (custom_id: string) =>
      read('INTERACTION_CREATE', {
        ...buttonPress,
        data: { custom_id, component_type: 2 },
        message: { ...buttonPress.message, components: [{ type: 1, components: [{ type: 2, label: 'Click me!', style: 1, custom_id }] }] },
      });
    expect(press('53908232506183680=solved:yes~4')).toMatchObject({ fact: 'press', data: '=solved:yes~4', label: 'Click me!', mine: true });
    expect(press('1=solved:yes~4')).toMatchObject({ mine: false });
    expect(press('=solved:yes~4')).toMatchObject({ mine: true });
    expect(press('click_one')).toBeUndefined();
  });
});

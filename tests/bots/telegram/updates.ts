import type { Update } from 'telegraf/types';
import type { Payload } from './double.ts';

// Updates in the shapes of the official documentation (core.telegram.org/bots/api, Bot API 7.1 as telegraf types it), with made-up people.

export const me = { id: 7000000001, username: 'demo_desk_bot' };
const bot = { id: me.id, is_bot: true, first_name: 'Desk', username: me.username };
const aysel = { id: 500000001, is_bot: false, first_name: 'Aysel', last_name: 'Quliyeva', username: 'aysel_q', language_code: 'az' };
const privateChat = { id: aysel.id, first_name: 'Aysel', last_name: 'Quliyeva', username: 'aysel_q', type: 'private' };
const group = { id: -400000001, title: 'Players', type: 'group', all_members_are_administrators: true };
const forum = { id: -1001234567890, title: 'Players', type: 'supergroup', is_forum: true };

/** A message in the private chat. */
export function message(content: Payload, over: Payload = {}): Update {
  return {
    update_id: 870000001,
    message: { message_id: 1365, from: aysel, chat: privateChat, date: 1441645532, ...content, ...over },
  } as unknown as Update;
}

/** A message in the group. */
export function inGroup(content: Payload, over: Payload = {}): Update {
  return message(content, { chat: group, ...over });
}

export const inTopic = message(
  { text: '@demo_desk_bot salam', entities: [{ offset: 0, length: 14, type: 'mention' }] },
  { chat: forum, message_thread_id: 77, is_topic_message: true },
);

const size = (file_size: number, width: number) => ({
  file_id: `AgACAgIAAxkBAAIC-${width}`,
  file_unique_id: `AQAD${width}`,
  file_size,
  width,
  height: width,
});

export const photo = message({ photo: [size(1_253, 90), size(15_332, 320), size(61_871, 800)], caption: 'my receipt' });
export const voice = message({
  voice: { duration: 5, mime_type: 'audio/ogg', file_id: 'AwADBAADbXXXXXXXXXXXGBdhD2l6_XX', file_unique_id: 'AgADbXX', file_size: 23_000 },
});
export const bigVideo = message({
  video: {
    duration: 60,
    width: 1280,
    height: 720,
    file_name: 'screen.mp4',
    mime_type: 'video/mp4',
    file_id: 'BAACAgIAAxkBAAIC',
    file_unique_id: 'AgADx',
    file_size: 31_457_280,
  },
  caption: 'see what happens',
});
export const gif = message({
  animation: {
    file_id: 'CgACAgQ',
    file_unique_id: 'AgADa',
    duration: 2,
    width: 320,
    height: 240,
    file_name: 'wow.gif.mp4',
    mime_type: 'video/mp4',
    file_size: 44_105,
  },
  document: { file_id: 'CgACAgQ', file_unique_id: 'AgADa', file_name: 'wow.gif.mp4', mime_type: 'video/mp4', file_size: 44_105 },
});
export const sticker = message({
  sticker: {
    width: 512,
    height: 512,
    emoji: '👍',
    set_name: 'Hands',
    is_animated: false,
    is_video: false,
    type: 'regular',
    file_id: 'CAACAgIAAxkBAAIC',
    file_unique_id: 'AgADs',
    file_size: 24_000,
  },
});
export const location = message({ location: { latitude: 41.015137, longitude: 28.97953 } });
export const contact = message({ contact: { phone_number: '+994501234567', first_name: 'Rauf', last_name: 'Aliyev', user_id: 500000009 } });
export const poll = message({
  poll: {
    id: '55',
    question: 'Which?',
    options: [],
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
  },
});

/** Three pictures sent together. */
export const album = [1, 2, 3].map((n) => {
  const picture = {
    photo: [size(1_253, 90), size(61_871 + n, 800)],
    media_group_id: '13381337',
    ...(n === 1 ? { caption: 'both sides of my card' } : {}),
  };
  return { ...message(picture, { message_id: 1400 + n }), update_id: 870000100 + n } as Update;
});

/** What each of them holds, for people who send it. */
export const pictures = album.map((update) => {
  const { photo, media_group_id, caption } = (update as unknown as { message: Payload }).message;
  return { photo, media_group_id, caption };
});

export const edited = {
  update_id: 870000002,
  edited_message: { message_id: 1365, from: aysel, chat: privateChat, date: 1441645532, edit_date: 1441645560, text: 'Edited text' },
} as unknown as Update;

export const pressed = {
  update_id: 870000003,
  callback_query: {
    id: '4382bfdwdsb323b2d9',
    from: aysel,
    chat_instance: '-3131313131313131313',
    data: '=solved:yes~17',
    message: {
      message_id: 1366,
      from: bot,
      chat: privateChat,
      date: 1441645540,
      text: 'Did that help?',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yes, thank you', callback_data: '=solved:yes~17' },
            { text: 'No', callback_data: '=solved:no~17' },
          ],
        ],
      },
    },
  },
} as unknown as Update;

/** A button under a message that is too old for Telegram to show us. */
export const pressedLongAgo = {
  update_id: 870000004,
  callback_query: {
    id: '77',
    from: aysel,
    chat_instance: '-31',
    data: '=person~3',
    message: { chat: privateChat, message_id: 12, date: 0 },
  },
} as unknown as Update;

export const blocked = {
  update_id: 870000005,
  my_chat_member: {
    chat: privateChat,
    from: aysel,
    date: 1441645600,
    old_chat_member: { user: bot, status: 'member' },
    new_chat_member: { user: bot, status: 'kicked', until_date: 0 },
  },
} as unknown as Update;

export const migrated = inGroup({ migrate_to_chat_id: -1009876543210 });

export const service: Record<string, Update> = {
  'a member joins': inGroup({ new_chat_members: [bot], new_chat_member: bot, new_chat_participant: bot }),
  'a member leaves': inGroup({ left_chat_member: aysel }),
  'a title': inGroup({ new_chat_title: 'New' }),
  'a pinned message': message({ pinned_message: { message_id: 2, chat: privateChat, date: 0 } }),
  'a bot writes': message({ text: 'hello' }, { from: bot }),
  'a timer': message({ message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } }),
};

export const replyToBot = { message_id: 20, from: bot, chat: group, date: 1441645500, text: 'Hello' };

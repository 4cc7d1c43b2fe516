// Payloads as the official documentation shows them (message object, example slash command and button interactions), for parse.

/** Example message. */
export const message = {
  reactions: [{ count: 1, me: false, emoji: { id: null, name: '🔥' } }],
  attachments: [],
  tts: false,
  embeds: [],
  timestamp: '2017-07-11T17:27:07.299000+00:00',
  mention_everyone: false,
  id: '334385199974967042',
  pinned: false,
  edited_timestamp: null,
  author: { username: 'Mason', discriminator: '9999', id: '53908099506183680', avatar: 'a_bab14f271d565501444b2ca3be944b25' },
  mention_roles: [],
  content: 'Supa Hot',
  channel_id: '290926798999357250',
  mentions: [],
  type: 0,
};

const member = {
  user: {
    id: '53908232506183680',
    username: 'Mason',
    avatar: 'a_d5efa99b3eeaa7dd43acca82f5692432',
    discriminator: '1337',
    public_flags: 131_141,
  },
  roles: ['539082325061836999'],
  premium_since: null,
  permissions: '2147483647',
  pending: false,
  nick: null,
  mute: false,
  joined_at: '2017-03-13T19:19:14.040000+00:00',
  is_pending: false,
  deaf: false,
};

/** Example slash command. */
export const slashCommand = {
  type: 2,
  token: 'A_UNIQUE_TOKEN',
  member,
  id: '786008729715212338',
  guild_id: '290926798626357999',
  app_permissions: '442368',
  guild_locale: 'en-US',
  locale: 'en-US',
  data: { options: [{ type: 3, name: 'cardname', value: 'The Gitrog Monster' }], type: 1, name: 'cardsearch', id: '771825006014889984' },
  channel_id: '645027906669510667',
};

/** Example press of a button. */
export const buttonPress = {
  version: 1,
  type: 3,
  token: 'unique_interaction_token',
  message: {
    type: 0,
    tts: false,
    timestamp: '2021-05-19T02:12:51.710000+00:00',
    pinned: false,
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    id: '844397162624450620',
    flags: 0,
    embeds: [],
    edited_timestamp: null,
    content: 'This is a message with components.',
    components: [{ type: 1, components: [{ type: 2, label: 'Click me!', style: 1, custom_id: 'click_one' }] }],
    channel_id: '345626669114982402',
    author: {
      username: 'Mason',
      public_flags: 131_141,
      id: '53908232506183680',
      discriminator: '1337',
      avatar: 'a_d5efa99b3eeaa7dd43acca82f5692432',
    },
    attachments: [],
  },
  member,
  id: '846462639134605312',
  guild_id: '290926798626357999',
  data: { custom_id: 'click_one', component_type: 2 },
  channel_id: '345626669114982999',
  application_id: '290926444748734465',
};

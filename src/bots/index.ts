import type { Channel, Cursors } from '../conversation/channel.ts';
import { forget as forgetOnDiscord } from './discord/forget.ts';
import { createDiscordChannel } from './discord/index.ts';
import { createEmailChannel } from './email/index.ts';
import { forget as forgetOnTelegram } from './telegram/aside.ts';
import { createTelegramChannel } from './telegram/index.ts';
import { createWebChannel } from './web/index.ts';

/** Makes a channel from its own settings; undefined while the settings that turn it on are missing. */
export type ChannelMaker = (settings: Record<string, unknown>) => Channel | undefined;

/** All channels that Destek speaks: what turns each on, and how it is made. A new channel is one folder and one line here. */
export const channels: {
  name: string;
  label: string;
  setting: string;
  make: ChannelMaker;
  /** Takes a person out of the channel's own cursors, by their addresses; how many entries changed. Left out: its cursors name nobody. */
  forget?(addresses: string[], cursors: Cursors): Promise<number>;
}[] = [
  { name: 'web', label: 'Web chat', setting: 'always on', make: createWebChannel },
  { name: 'telegram', label: 'Telegram', setting: 'TELEGRAM_BOT_TOKEN', make: createTelegramChannel, forget: forgetOnTelegram },
  { name: 'discord', label: 'Discord', setting: 'DISCORD_BOT_TOKEN', make: createDiscordChannel, forget: forgetOnDiscord },
  { name: 'email', label: 'E-mail', setting: 'IMAP_URL, SMTP_URL, MAIL_FROM', make: createEmailChannel },
];

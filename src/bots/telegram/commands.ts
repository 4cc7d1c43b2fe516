import type { Host } from '../../conversation/channel.ts';
import type { Call } from './client.ts';

/** The bot's commands, as Telegram's menu lists them; their descriptions stand in locales/<language>/telegram.json. */
const listed = ['help', 'human', 'status', 'lang'];

/** Commands that the bot understands. Telegram has a button of its own for /start. */
export const commandNames = ['start', ...listed];

/** Languages of the menu; whoever uses Telegram in another one sees English. */
const languages = ['tr', 'en', 'az'];

/** Tells Telegram the commands, in every language. */
export async function setCommands(call: Call, words: Host['words']): Promise<void> {
  for (const language_code of [undefined, ...languages]) {
    const commands = listed.map((command) => ({ command, description: words(language_code ?? 'en', `telegram:command_${command}`) }));
    await call('setMyCommands', { commands, language_code });
  }
}

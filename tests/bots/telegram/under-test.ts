import { startTestApp } from '../../setup/app.ts';
import type { ChannelUnderTest } from '../contract.ts';
import { startTelegram, token } from './double.ts';

/** Telegram with contacts of a double, for what every channel must do. `settings`: more of the app. */
export async function openTelegram(settings: Record<string, string> = {}): Promise<ChannelUnderTest> {
  const telegram = await startTelegram();
  const app = await startTestApp({ ...settings, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
  return {
    app,
    async contact() {
      const person = telegram.chats.person();
      return {
        write: async (text, id) => void person.write(text, id),
        press: async (label) => person.press(label),
        arrived: person.texts,
      };
    },
    async end() {
      await app.end();
      await telegram.close();
    },
  };
}

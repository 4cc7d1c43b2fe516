import { startTestApp } from '../../setup/app.ts';
import { channelContract } from '../contract.ts';
import { startTelegram, token } from './double.ts';

channelContract('telegram', async () => {
  const telegram = await startTelegram();
  const app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
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
});

import { startTestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import type { ChannelUnderTest } from '../contract.ts';
import { startDiscord } from './double.ts';

/** Discord with contacts of a double, for what every channel must do. `settings`: more of the app. */
export async function openDiscord(settings: Record<string, string> = {}): Promise<ChannelUnderTest> {
  const discord = await startDiscord();
  const app = await startTestApp({ ...settings, DISCORD_BOT_TOKEN: discord.token, DISCORD_API_ROOT: discord.root });
  await until(() => discord.gateway.connected() && discord.state.commands.length > 0);
  return {
    app,
    async contact() {
      const person = discord.person();
      const ids = new Map<string, string>();
      return {
        async write(text, id = discord.newId()) {
          if (!ids.has(id)) ids.set(id, discord.newId());
          discord.write(person, text, { id: ids.get(id) });
        },
        async press(label) {
          const messages = discord.said(person.direct).toReversed();
          const message = messages.find(({ components }) =>
            components?.some((row) => row.components.some((button) => button.label.match(label))),
          );
          const button = message?.components?.flatMap((row) => row.components).find((each) => each.label.match(label));
          if (!message || !button) throw new Error(`no button says ${label}`);
          discord.press(person, message, button.custom_id);
        },
        arrived: () => discord.said(person.direct).map(({ content }) => content.replace(/\\([^a-z\d\s])/gi, '$1')),
      };
    },
    async end() {
      await app.end();
      await discord.close();
    },
  };
}

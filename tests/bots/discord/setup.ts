import { startTestApp, type TestApp } from '../../setup/app.ts';
import { until } from '../../setup/until.ts';
import { type DiscordDouble, startDiscord } from './double.ts';
import type { Kept } from './double-rest.ts';

/** An app with the channel on, and the simulated Discord that it is connected to. */
export interface Together {
  app: TestApp;
  discord: DiscordDouble;
  end(): Promise<void>;
}

/** Starts both and waits until they are connected. */
export async function startTogether(settings: Record<string, string> = {}, options: { heartbeatMs?: number } = {}): Promise<Together> {
  const discord = await startDiscord(options);
  const app = await startTestApp({ DISCORD_BOT_TOKEN: discord.token, DISCORD_API_ROOT: discord.root, ...settings });
  await until(() => discord.gateway.connected() && discord.state.commands.length > 0);
  return {
    app,
    discord,
    async end() {
      await app.end();
      await discord.close();
    },
  };
}

/** The bot's message in a channel that matches, when it comes. */
export function saying({ discord }: Together, channel: string, text: RegExp, withinMs?: number): Promise<Kept> {
  return until(() => discord.said(channel).find(({ content }) => text.test(content.replace(/\\([^a-z\d\s])/gi, '$1'))), withinMs);
}

/** What contacts wrote, as stored, in order. */
export async function stored(
  { app }: Together,
  like: string,
): Promise<{ text: string; address: string; body: { choice?: string; attachments?: object[]; quoted?: string } }[]> {
  return app.query(
    `select m.text, m.body, a.value as address from message m join address a on a.id = m.address_id where m.author = 'contact' and m.text like $1 order by m.conversation_id, m.seq`,
    [like],
  );
}

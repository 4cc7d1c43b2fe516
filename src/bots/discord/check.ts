import { type APIUser, DiscordAPIError, REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import { Fault } from '../../errors.ts';

const fewSessions = 10;

/** Tries Discord's REST interface and asks for the gateway, for `destek doctor`. `root`: another server than discord.com. Throws a Fault with the remedy. */
export async function checkBot(token: string, root: string | undefined): Promise<string> {
  const where = root ?? 'discord.com';
  const rest = new REST({
    version: '10',
    retries: 0,
    timeout: 10_000,
    ...(root ? { api: root.replace(/\/+$/, '') } : {}),
  }).setToken(token);
  try {
    const { username } = (await rest.get(Routes.user())) as APIUser;
    const { url, session_start_limit: left } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    if (left.remaining < fewSessions)
      throw new Fault(
        'rate.limited',
        `Only ${left.remaining} of ${left.total} new sessions are left for the bot today.`,
        'Something connects again and again: stop other programs that use this bot.',
      );
    return `${username} answers at ${where}, the gateway is ${new URL(url).host}`;
  } catch (error) {
    throw error instanceof Fault ? error : explain(error, where);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

function explain(error: unknown, where: string): Fault {
  if (error instanceof DiscordAPIError && error.status === 401)
    return new Fault(
      'config.invalid',
      'Discord does not know DISCORD_BOT_TOKEN.',
      'Copy the bot’s token from the Discord developer portal (Bot → Reset Token) and set it.',
    );
  const code = (error as { code?: string | number; name: string }).code ?? (error as Error).name;
  return new Fault(
    'store.unavailable',
    `${where} cannot be reached (${code}).`,
    'Check the network and, where it is set, DISCORD_API_ROOT.',
  );
}

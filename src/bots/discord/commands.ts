import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as Command,
  InteractionContextType,
  type LocalizationMap,
  Routes,
} from 'discord.js';
import { type Host, RetryLater } from '../../conversation/channel.ts';
import type { Rest } from './rest.ts';

/** Discord's names of our languages; Azerbaijani is none of Discord's. */
const locales = { tr: ['tr'], en: ['en-US', 'en-GB'] };

/** The slash commands, in the languages that Discord knows. */
export function slashCommands(words: Host['words']): Command[] {
  const localised = (key: string): LocalizationMap =>
    Object.fromEntries(
      Object.entries(locales).flatMap(([language, names]) => names.map((name) => [name, words(language, `discord:${key}`)])),
    );
  const command = (name: string, options: Command['options'] = []): Command => ({
    type: ApplicationCommandType.ChatInput,
    name,
    name_localizations: localised(`command_${name}`),
    description: words('en', `discord:command_${name}_does`),
    description_localizations: localised(`command_${name}_does`),
    options,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  });
  const text = (name: string, required: boolean, most: number) => ({
    type: ApplicationCommandOptionType.String as const,
    name,
    name_localizations: localised(`option_${name}`),
    description: words('en', `discord:option_${name}_is`),
    description_localizations: localised(`option_${name}_is`),
    required,
    max_length: most,
  });
  return [
    command('ask', [text('question', true, 2_000)]),
    command('human'),
    command('lang'),
    command('status', [text('number', false, 40)]),
  ];
}

/** Registers the slash commands where they are not known as they are now. Throws where it may be tried again. */
export async function registerCommands(application: string, { host, rest }: { host: Host; rest: Rest }): Promise<void> {
  const body = slashCommands(host.words);
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const name = `commands:${application}`;
  if ((await host.cursor.get<{ digest: string }>(name))?.digest === digest) return;
  try {
    await rest.call('put', Routes.applicationCommands(application), { body });
  } catch (error) {
    if (error instanceof RetryLater) throw error;
    host.log.error({ err: (error as Error).message }, 'slash commands not registered');
    return;
  }
  await host.cursor.set(name, { digest });
}

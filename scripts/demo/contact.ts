import type { DiscordDouble } from '../../tests/bots/discord/double.ts';
import type { MailPerson } from '../../tests/bots/email/person.ts';
import type { TelegramDouble } from '../../tests/bots/telegram/double.ts';
import { visit } from '../../tests/setup/visitor.ts';
import type { Part } from './script.ts';

/** Somebody who writes to the desk, wherever they are. */
export interface Contact {
  write(text: string): Promise<void>;
  /** Presses the newest button that says so; false where there is none. */
  press(label: string): Promise<boolean>;
  /** How much they were told so far. */
  heard(): number;
}

/** The networks that the demo simulates. `mail`: undefined where Dovecot is not installed. */
export interface Networks {
  url: string;
  telegram: TelegramDouble;
  discord: DiscordDouble;
  mail?: { person(): MailPerson };
  /** Aborts when the demo ends: browsers are closed then. */
  stop: AbortSignal;
}

/** Makes a contact of the rush hour; undefined where their network is not there. */
export async function makeContact(part: Part, networks: Networks): Promise<Contact | undefined> {
  switch (part.on) {
    case 'web':
      return onWeb(part, networks);
    case 'telegram':
      return onTelegram(part, networks.telegram);
    case 'discord':
      return onDiscord(part, networks.discord);
    default:
      return networks.mail && byMail(part, networks.mail.person());
  }
}

async function onWeb({ language, name }: Part, { url, stop }: Networks): Promise<Contact> {
  const visitor = await visit(url, { language, about: { name } });
  stop.addEventListener('abort', visitor.close);
  return {
    write: async (text) => void (await visitor.send(text)),
    async press(label) {
      const choice = visitor.messages.flatMap(({ choices }) => choices ?? []).findLast((each) => each.label === label);
      if (choice) await visitor.send(choice.label, { choice: choice.id });
      return choice !== undefined;
    },
    heard: () => visitor.messages.filter(({ author }) => author !== 'contact').length,
  };
}

async function onTelegram({ language, name }: Part, telegram: TelegramDouble): Promise<Contact> {
  const person = telegram.chats.person({ first_name: name, last_name: undefined, username: undefined, language_code: language });
  return {
    write: async (text) => void person.write(text),
    async press(label) {
      try {
        person.press(label);
        return true;
      } catch {
        return false;
      }
    },
    heard: () => person.sent().length,
  };
}

async function onDiscord({ name }: Part, discord: DiscordDouble): Promise<Contact> {
  const person = discord.person(name);
  return {
    write: async (text) => void discord.write(person, text),
    async press(label) {
      const message = discord
        .said(person.direct)
        .findLast(({ components }) =>
          components?.some((row) => row.components.some((button) => button.label === label && !button.disabled)),
        );
      const button = message?.components?.flatMap((row) => row.components).find((each) => each.label === label);
      if (message && button) discord.press(person, message, button.custom_id);
      return button !== undefined;
    },
    heard: () => discord.said(person.direct).length,
  };
}

async function byMail({ name, subject = '' }: Part, person: MailPerson): Promise<Contact> {
  return {
    write: (text) => person.mail({ from: { name, address: person.address }, subject, text }),
    press: async () => false,
    heard: () => person.mails().length,
  };
}

import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { envFile, settingNames } from '../config.ts';
import { nearest } from '../kb/nearest.ts';

// For one command alone: docs/attachments.md.
const ofCommands = ['NEW_SECRET_KEY'];

/** Names in `.env` that are no settings and stand near one, each in words: who writes TELEGRAM_TOKEN would wonder why Telegram is off. Others' names (docker compose has some there) are left alone. */
export function misspeltSettings(): string[] {
  const file = envFile();
  if (!file) return [];
  const written = Object.keys(parseEnv(readFileSync(file, 'utf8')));
  return misspelt(written).map(([name, meant]) => `${name} in .env is no setting; did you mean ${meant}?`);
}

/** Of names those that are no setting and near one, with the one that was probably meant. */
export function misspelt(names: string[]): [name: string, meant: string][] {
  return names
    .filter((name) => ![...settingNames, ...ofCommands].includes(name))
    .flatMap((name): [string, string][] => {
      const meant = nearest(name, settingNames);
      return meant ? [[name, meant]] : [];
    });
}

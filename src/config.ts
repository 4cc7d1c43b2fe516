import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { Fault } from './errors.ts';

/** What a process may do; all by default. Several processes share one database and each takes some. */
export const roles = ['http', 'turns', 'deliveries', 'telegram', 'discord', 'email', 'clock'] as const;

/** Where Destek itself lies: a start from any folder finds the same data. */
const house = path.join(import.meta.dirname, '..');

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], { error: 'must be true or false.' })
  .transform((value) => ['true', '1', 'yes'].includes(value));
/** How many reverse proxies stand in front: each adds one address to X-Forwarded-For, and whatever stands before those is anybody's word. */
const proxies = z
  .string()
  .regex(/^(true|false|yes|no|\d)$/, { error: 'must be true, false, or how many proxies stand one behind the other (true is 1).' })
  .transform((value) => ({ true: 1, yes: 1, false: 0, no: 0 })[value] ?? Number(value));
const url = (protocols: string[], example: string) =>
  z.string().refine((value) => isAddress(value) && protocols.includes(new URL(value).protocol) && namesPlace(new URL(value)), {
    error: ({ input }) =>
      unreadable([String(input)], protocols) ?? `must be an address that starts with ${either(protocols)}, for instance ${example}.`,
  });

const either = (protocols: string[]) => protocols.map((name) => `${name}//`).join(' or ');

/** An address whose name and password can be decoded. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong where an address begins as it should and is none: most often a password's own `#` or `/` ends the server's name. */
function unreadable(addresses: string[], protocols: string[]): string | undefined {
  const begun = addresses.some(
    (each) => !isAddress(each) && protocols.some((name) => each.startsWith(`${name}//`) && each.length > name.length + 2),
  );
  if (!begun) return undefined;
  return 'cannot be read as an address: a port is at most 65535, and what a name or password holds is percent-encoded (# is %23, / is %2F, ? is %3F, % is %25).';
}

/** Whether an address says where; a database's may stand elsewhere (a socket's folder behind `?host=`). */
function namesPlace({ protocol, hostname, pathname }: URL): boolean {
  return hostname !== '' || protocol.startsWith('postgres') || (protocol === 'unix:' && pathname.length > 1);
}

/** Several of them, with spaces or commas between. */
const urls = (protocols: string[], example: string) =>
  z.string().refine((value) => apart(value).every((each) => url(protocols, example).safeParse(each).success), {
    error: ({ input }) =>
      unreadable(apart(String(input)), protocols) ?? `must be addresses that start with ${either(protocols)}, for instance ${example}.`,
  });

const apart = (value: string) => value.split(/[\s,]+(?=[a-z]+:\/\/)/).map((each) => each.trim());

const isNameAlone = ({ pathname, search, hash, username, password }: URL) => /^\/*$/.test(pathname + search + hash + username + password);

/** A secret: blanks at its ends are no part of what makes it long enough. */
const secret = z
  .string()
  .refine((value) => value.trim().length >= 32, { error: 'must have at least 32 characters; make one with: openssl rand -hex 32' });

const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a whole number from 0 to 65535.' })
    .transform(Number)
    .refine((port) => port <= 65535, { error: 'must be a whole number from 0 to 65535.' })
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: url(['http:', 'https:'], 'https://support.example.com')
    .refine((value) => !URL.canParse(value) || isNameAlone(new URL(value)), {
      error: 'must be a name of its own, without a path, name or password: https://support.example.com, not https://example.com/support.',
    })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: proxies.default(0),
  DATA_DIR: z.string().default(path.join(house, 'data')),
  KNOWLEDGE_DIR: z.string().default(path.join(house, 'knowledge')),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://destek:secret@localhost:5432/destek').optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://localhost:6379').optional(),
  ROLES: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.enum(roles, { error: `may name only ${roles.join(', ')}.` })).min(1, { error: 'must name at least one role.' }))
    .default([...roles]),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent.' }).default('info'),
  SECRET_KEY: secret.optional(),
  WIDGET_SECRET: secret.optional(),
  WEBHOOK_PRIVATE: flag.default(false),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, {
      error: 'must have at least 16 characters, none of them a blank or an accented letter: it travels in a header.',
    })
    .optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, { error: 'must look like 123456789:AAE… as @BotFather gives it.' })
    .optional(),
  TELEGRAM_API_ROOT: url(['http:', 'https:'], 'https://api.telegram.org').optional(),
  TELEGRAM_WEBHOOK_URL: url(['https:', 'http:'], 'https://support.example.com/telegram').optional(),
  DISCORD_BOT_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{20,}$/, { error: 'must be the bot token from the Discord developer portal.' })
    .optional(),
  DISCORD_API_ROOT: url(['http:', 'https:'], 'https://discord.com/api').optional(),
  IMAP_URL: urls(['imap:', 'imaps:'], 'imaps://name:password@mail.example.com').optional(),
  SMTP_URL: urls(['smtp:', 'smtps:'], 'smtps://name:password@mail.example.com').optional(),
  MAIL_FROM: z.string().optional(),
  MAIL_OAUTH_TOKEN_URL: url(['https:', 'http:'], 'https://oauth2.googleapis.com/token')
    .refine((value) => !value.startsWith('http:') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(value), {
      error: 'must start with https://: secrets go there.',
    })
    .optional(),
  MAIL_OAUTH_CLIENT_ID: z.string().optional(),
  MAIL_OAUTH_CLIENT_SECRET: z.string().optional(),
  MAIL_OAUTH_REFRESH_TOKEN: z.string().optional(),
  MAIL_OAUTH_SCOPE: z.string().optional(),
  S3_ENDPOINT: url(['http:', 'https:'], 'https://s3.eu-central-1.amazonaws.com').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket: 3 to 63 of a-z, 0-9, - and dot.' })
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, { error: 'must be the name of a region, for instance eu-central-1.' })
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PREFIX: z
    .string()
    .regex(/^([\w-]+\/)+$/, { error: 'must be folders with a slash at the end, for instance destek/.' })
    .or(z.literal(''))
    .default(''),
  CLAMD_URL: url(['tcp:', 'unix:'], 'tcp://localhost:3310').optional(),
});

/** All settings of the environment, checked. What editors decide stands in knowledge/desk.yaml instead. */
export type Config = z.infer<typeof settings>;

/** What every setting is called. */
export const settingNames = Object.keys(settings.shape);

/**
 * Reads the settings from the environment (and `.env`, which never overrides the environment).
 * An empty value counts as unset. Throws one Fault that lists every wrong setting with its fault and remedy.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const read = settings.safeParse(given);
  const faults = read.success ? [] : read.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  if (given.SECRET_KEY === undefined) {
    if (given.DATABASE_URL)
      faults.push(
        'SECRET_KEY must be set when DATABASE_URL is set: processes and restores must share it. Make one with: openssl rand -hex 32',
      );
    else if (given.ROLES) faults.push('SECRET_KEY must be set when ROLES splits the work. Make one with: openssl rand -hex 32');
  }
  if (given.ROLES && !given.DATABASE_URL)
    faults.push('DATABASE_URL must be set when ROLES splits the work: all processes share one database.');
  if (given.IMAP_URL && !given.SMTP_URL) faults.push('SMTP_URL must be set with IMAP_URL: the desk answers mail over it.');
  if ((given.IMAP_URL || given.SMTP_URL) && !given.MAIL_FROM)
    faults.push('MAIL_FROM must be set with IMAP_URL and SMTP_URL, for instance: Support <support@example.com>');
  faults.push(...webhookFaults(given), ...oauthFaults(given));
  const bucket = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const missing = bucket.filter((name) => given[name] === undefined);
  if (missing.length > 0 && missing.length < bucket.length)
    faults.push(`${missing.join(' and ')} must be set too: files go into a bucket only with all of ${bucket.join(', ')}.`);
  if (faults.length > 0)
    throw new Fault(
      'config.invalid',
      `Wrong settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      '\nCorrect them in the environment or in .env (see .env.example).',
    );
  if (!read.success) throw read.error;
  return { ...read.data, DATA_DIR: path.resolve(read.data.DATA_DIR), KNOWLEDGE_DIR: path.resolve(read.data.KNOWLEDGE_DIR) };
}

/** Telegram brings updates over https and from the internet alone; a server of one's own calls what it likes. */
function webhookFaults({ TELEGRAM_WEBHOOK_URL: hook = '', TELEGRAM_API_ROOT: root = '' }: NodeJS.ProcessEnv): string[] {
  const own = URL.canParse(root) && new URL(root).hostname !== 'api.telegram.org';
  if (own || !URL.canParse(hook)) return [];
  const { protocol, hostname, port } = new URL(hook);
  const reached =
    hostname.includes('.') &&
    !/^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|\.(local|internal|localhost)$/.test(hostname);
  if (protocol === 'https:' && reached && ['', '80', '88', '8443'].includes(port)) return [];
  return [
    'TELEGRAM_WEBHOOK_URL must start with https:// and name a host that the internet reaches, on port 443, 80, 88 or 8443: Telegram calls nothing else. Leave it out, and Destek asks Telegram for updates itself; a server of your own is named in TELEGRAM_API_ROOT.',
  ];
}

/** Sign-in to mailboxes without a password is all there, and has a mailbox that it is for. */
function oauthFaults(given: NodeJS.ProcessEnv): string[] {
  if (!Object.keys(given).some((name) => name.startsWith('MAIL_OAUTH_'))) return [];
  const needed = ['MAIL_OAUTH_TOKEN_URL', 'MAIL_OAUTH_CLIENT_ID'];
  // Without a person's consent the program signs in as itself.
  if (!given.MAIL_OAUTH_REFRESH_TOKEN) needed.push('MAIL_OAUTH_CLIENT_SECRET', 'MAIL_OAUTH_SCOPE');
  const missing = needed.filter((name) => given[name] === undefined);
  const addresses = apart(`${given.IMAP_URL ?? ''} ${given.SMTP_URL ?? ''}`).filter((each) => URL.canParse(each));
  const waiting = addresses.some((each) => new URL(each).username && !new URL(each).password);
  return [
    ...(missing.length > 0
      ? [
          `${missing.join(' and ')} must be set too: mailboxes sign in by OAuth2 with MAIL_OAUTH_TOKEN_URL, MAIL_OAUTH_CLIENT_ID and either MAIL_OAUTH_REFRESH_TOKEN or MAIL_OAUTH_CLIENT_SECRET and MAIL_OAUTH_SCOPE (docs/email.md).`,
        ]
      : []),
    ...(waiting
      ? []
      : [
          'MAIL_OAUTH_… is set, but no address in IMAP_URL or SMTP_URL has a name without a password: write imaps://name@host where OAuth2 signs in.',
        ]),
  ];
}

/** Loads `.env` of the working folder, else of Destek's own, into the environment where it exists; the environment wins. */
export function loadEnvFile(): void {
  const file = envFile();
  if (file) process.loadEnvFile(file);
}

/** Where `.env` stands; undefined where there is none. */
export function envFile(): string | undefined {
  return ['.env', path.join(house, '.env')].find((each) => existsSync(each));
}

import net from 'node:net';
import { channels } from '../bots/index.ts';
import { type Config, loadEnvFile, readConfig } from '../config.ts';
import type { Channel } from '../conversation/channel.ts';
import { checkDepartments } from '../conversation/check-departments.ts';
import { checkRedis } from '../delivery/check-redis.ts';
import { checkInvariants } from '../delivery/invariants.ts';
import { createSecrets } from '../delivery/secrets.ts';
import { isFault } from '../errors.ts';
import { checkScanner } from '../files/scan.ts';
import { needsSupervisor } from '../handoff/agents/agent.ts';
import { handoffInvariants } from '../handoff/invariants.ts';
import { placesBeside } from '../handoff/staff/outage-notice.ts';
import { hasError, loadKnowledge } from '../kb/load.ts';
import { createLog } from '../log.ts';
import { channelSecrets } from '../privacy/channel-secret.ts';
import { deriveKey } from '../privacy/seal.ts';
import { readSecretKey, requireOwnKeyFile } from '../privacy/secret-key.ts';
import { openBytesPlace } from '../store/bytes-place.ts';
import { makeDataDir } from '../store/data-dir.ts';
import { checkTroubles } from './check-troubles.ts';
import { misspeltSettings } from './misspelt-settings.ts';
import { withRecord } from './record.ts';

/** Webhooks' receivers refuse what is five minutes old; long before that something is wrong. */
const mostSecondsApart = 30;

type Finding = { ok: boolean; what: string };

/** `destek doctor`: tries every configured server and says what is wrong and what to do. Exit code 1 when something is. */
export async function doctor(): Promise<number> {
  const findings: Finding[] = [];
  const look = async (name: string, check: () => Promise<string>) => {
    const finding = await check().then(
      (said) => ({ ok: true, what: said }),
      (error: Error) => ({ ok: false, what: isFault(error) ? error.message : unreachable(error) }),
    );
    findings.push(finding);
    console.log(`${finding.ok ? '✓' : '✗'} ${name.padEnd(12)} ${finding.what}`);
  };
  let config: Config | undefined;
  await look('settings', async () => {
    loadEnvFile();
    config = readConfig();
    return ['all settings can be read', ...misspeltSettings()].join('; ');
  });
  if (!config) return 1;
  const found = config;
  const { KNOWLEDGE_DIR, DATA_DIR, REDIS_URL, IMAP_URL, SMTP_URL, CLAMD_URL } = config;
  if (config.PUBLIC_URL) await look('address', async () => checkAddress(config as Config));
  await look('data folder', () => makeDataDir(DATA_DIR).then(() => `${DATA_DIR} can be written`));
  await look('knowledge', () => checkKnowledge(KNOWLEDGE_DIR, found));
  await look('database', () =>
    withRecord(async ({ db }) => {
      const { rows } = await db.execute<{ server_version: string }>('show server_version');
      return `PostgreSQL ${rows[0]?.server_version} answers, tables are up to date`;
    }),
  );
  await look('clock', () =>
    withRecord(async ({ db }) => {
      const { rows } = await db.execute<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 as now');
      const seconds = Math.round(Math.abs(Date.now() - Number(rows[0]?.now)) / 1000);
      if (seconds > mostSecondsApart)
        throw new Error(`the clocks of this machine and of PostgreSQL are ${seconds} s apart: let both be set by NTP`);
      return 'as that of PostgreSQL';
    }),
  );
  await look('key', () =>
    withRecord(async ({ db }) => {
      await readSecretKey(found.SECRET_KEY, found.DATA_DIR, createLog('silent'), db);
      await requireOwnKeyFile(found.DATA_DIR);
      return 'opens what the record holds';
    }),
  );
  await look('record', () => withRecord(async ({ db }) => sound(await checkInvariants(db, createLog('silent'), handoffInvariants))));
  await look('desk', () =>
    withRecord(async ({ db }) =>
      (await needsSupervisor(db))
        ? Promise.reject(new Error('nobody can sign in as supervisor: open the link that the start prints'))
        : 'has a supervisor',
    ),
  );
  await look('on call', () => checkStaffPlaces(KNOWLEDGE_DIR, config as Config));
  if (REDIS_URL) await look('redis', () => checkRedis(REDIS_URL));
  await look('files', () => openBytesPlace(found).check());
  if (CLAMD_URL) await look('clamav', () => checkScanner(CLAMD_URL));
  if (channels.some(({ make }) => make(found)?.sources?.length)) await look('channels', () => withRecord(({ db }) => checkTroubles(db)));
  for (const { name, label, make } of channels) {
    const check = make(config)?.check;
    if (check) await look(label, () => withSecrets(name, check));
  }
  for (const [name, url, port] of [
    ['imap', IMAP_URL, 993],
    ['smtp', SMTP_URL, 465],
  ] as const)
    if (url) await look(name, () => connect(url, port));
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

/** Without the record a channel is tried all the same. */
async function withSecrets(channel: string, check: NonNullable<Channel['check']>): Promise<string> {
  let tried: Promise<string> | undefined;
  await withRecord(async ({ db }, config, log) => {
    const secret = await readSecretKey(config.SECRET_KEY, config.DATA_DIR, log);
    tried = check(createSecrets({ db, key: deriveKey(secret, channelSecrets), channel }));
    await tried.catch(() => undefined);
  }).catch(() => undefined);
  return tried ?? check();
}

async function checkKnowledge(dir: string, config: Config): Promise<string> {
  const { knowledge, faults } = await loadKnowledge(dir);
  if (hasError(faults)) throw new Error(`${faults.length} faults; run: destek kb check`);
  checkDepartments(
    channels.flatMap(({ make }) => make(config) ?? []),
    knowledge.departments.map(({ id }) => id),
  );
  return `${knowledge.topics.size} topics in ${knowledge.languages.join(', ')}`;
}

/** Somebody must hear of urgent tickets day and night, whoever is to be told anything over a channel that is on, and of an outage over another than that. */
async function checkStaffPlaces(dir: string, config: Config): Promise<string> {
  const { departments, desk } = (await loadKnowledge(dir)).knowledge;
  const { onCall } = desk;
  const places = [...departments.flatMap(({ notify = [] }) => notify), ...(onCall?.first ?? []), ...(onCall?.second ?? [])];
  const off = places.find(({ channel }) => !channels.some(({ name, make }) => name === channel && make(config)?.tell));
  if (off) throw new Error(`${off.to} is to be told something over ${off.channel}, which is not on or cannot: correct notify or onCall`);
  if (!onCall) throw new Error('nobody is alerted by urgent tickets and outages: name somebody under onCall in knowledge/desk.yaml');
  const alone = channels.find(({ name, make }) => make(config)?.sources?.length && placesBeside(name, onCall).length === 0);
  if (alone)
    throw new Error(`an outage of ${alone.label} would be told by ${alone.label} alone: name a place of another channel under onCall`);
  return `urgent tickets alert ${onCall.first.length} at once, and ${onCall.second.length} more after ${onCall.after}`;
}

function sound(broken: Record<string, number>): string {
  const wrong = Object.entries(broken).filter(([, count]) => count > 0);
  if (wrong.length > 0)
    throw new Error(`broken: ${wrong.map(([name, count]) => `${name} (${count})`).join(', ')}; look into the log of the running Destek`);
  return 'all invariants hold';
}

/** What a proxy does not tell, Destek does not know: without it all the world is one caller, and cookies go out without Secure. */
function checkAddress({ PUBLIC_URL = '', TRUST_PROXY }: Config): string {
  if (PUBLIC_URL.startsWith('https:') && TRUST_PROXY === 0)
    throw new Error(`${PUBLIC_URL} is served by a proxy, but TRUST_PROXY is not set: set it to true`);
  return `people reach it at ${PUBLIC_URL}`;
}

/** In words what the network says in codes; with several addresses of one name it says it of each. */
function unreachable(error: Error & { code?: string; errors?: (Error & { code?: string })[] }): string {
  const code = error.code ?? error.errors?.[0]?.code;
  if (!code || !/^E[A-Z_]+$/.test(code)) return error.message || `${error}`;
  return `cannot be reached (${code}): check the address and that the server runs`;
}

function connect(url: string, fallbackPort: number): Promise<string> {
  const { hostname, port, pathname, protocol } = new URL(url);
  const place = protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port || fallbackPort) };
  return new Promise((resolve, reject) => {
    const socket = net.connect({ ...place, timeout: 10_000 }, () => {
      socket.destroy();
      resolve('accepts connections');
    });
    socket.on('timeout', () => socket.destroy(new Error('does not answer within 10 s')));
    socket.on('error', reject);
  });
}

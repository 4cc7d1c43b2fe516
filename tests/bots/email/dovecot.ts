import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { until } from '../../setup/until.ts';

/** A real Dovecot of our own on a free loopback port, with its mail in a folder of its own. Any name and the password `secret` opens a mailbox. */
export interface Dovecot {
  port: number;
  /** IMAP_URL of a mailbox. */
  url(address: string): string;
  /** Puts a mail into a mailbox, as the local delivery of a mail server does. `seen`: a person has opened it already. */
  deliver(address: string, raw: Buffer | string, as?: { seen?: boolean }): Promise<void>;
  /** Numbers the mails of a mailbox anew, as after a restore. */
  renumber(address: string): Promise<void>;
  /** Files in a mailbox, with their flags. */
  files(address: string): Promise<string[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
}

/** False, with a line that says so, where Dovecot is not installed; with CI set that is a failure. */
export const hasDovecot = look();

/** `oauth`: where it asks whether a token is good; names then open no mailbox by a password. */
export interface DovecotOptions {
  oauth?: { introspection: string; scope: string; mechanisms: string };
}

export async function startDovecot({ oauth }: DovecotOptions = {}): Promise<Dovecot> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'destek-dovecot-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const root = process.getuid?.() === 0;
  // Dovecot opens no mailbox as root.
  const [uid, gid] = root ? [65534, 65534] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const owned = async (file: string) => (root ? chown(file, uid, gid) : undefined);
  const mail = path.join(folder, 'mail');
  await mkdir(mail);
  await owned(mail);
  const config = path.join(folder, 'dovecot.conf');
  const tokens = path.join(folder, 'oauth2.conf');
  if (oauth)
    await writeFile(
      tokens,
      `introspection_mode = auth\nintrospection_url = ${oauth.introspection}\nforce_introspection = yes\nusername_attribute = username\nactive_attribute = active\nactive_value = true\nscope = ${oauth.scope}\n`,
    );
  const sign = oauth
    ? { mechanisms: oauth.mechanisms, passdb: `driver = oauth2\n  mechanisms = ${oauth.mechanisms}\n  args = ${tokens}` }
    : { mechanisms: 'plain login', passdb: 'driver = static\n  args = password=secret' };
  await writeFile(config, settings({ folder, port, uid, gid, root, ...sign }));
  let server: ReturnType<typeof spawn> | undefined;
  let stamp = 0;

  async function boxOf(address: string): Promise<string> {
    const home = path.join(mail, address);
    for (const made of [home, path.join(home, 'Maildir'), ...['tmp', 'new', 'cur'].map((name) => path.join(home, 'Maildir', name))]) {
      await mkdir(made).then(
        () => owned(made),
        () => undefined,
      );
    }
    return path.join(home, 'Maildir');
  }

  const dovecot: Dovecot = {
    port,
    url: (address) => `imap://${encodeURIComponent(address)}:secret@127.0.0.1:${port}`,
    async deliver(address, raw, { seen = false } = {}) {
      const box = await boxOf(address);
      // Numbered by the time in their names: two of one moment would come in any order.
      stamp = Math.max(Date.now(), stamp + 1);
      const name = `${stamp}.${randomUUID()}.test`;
      await writeFile(path.join(box, 'tmp', name), raw);
      await owned(path.join(box, 'tmp', name));
      await rename(path.join(box, 'tmp', name), seen ? path.join(box, 'cur', `${name}:2,S`) : path.join(box, 'new', name));
    },
    async renumber(address) {
      const box = await boxOf(address);
      for (const name of await readdir(box)) if (name.startsWith('dovecot')) await rm(path.join(box, name));
    },
    async files(address) {
      const box = await boxOf(address);
      return [...(await readdir(path.join(box, 'new'))), ...(await readdir(path.join(box, 'cur')))];
    },
    async start() {
      server = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore', detached: true });
      await until(() => answers(port));
    },
    async stop() {
      if (!server?.pid) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      // Its processes that serve a connection outlive it by ten seconds.
      try {
        process.kill(-server.pid, 'SIGKILL');
      } catch {
        // None did.
      }
      server = undefined;
    },
    async end() {
      await dovecot.stop();
      // What was killed may still be writing.
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  await dovecot.start();
  return dovecot;
}

interface Settings {
  folder: string;
  port: number;
  uid: number;
  gid: number;
  root: boolean;
  mechanisms: string;
  passdb: string;
}

function settings({ folder, port, uid, gid, root, mechanisms, passdb }: Settings): string {
  const me = os.userInfo().username;
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = ${mechanisms}
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
mailbox_idle_check_interval = 1 sec
${root ? '' : `default_internal_user = ${me}\ndefault_login_user = ${me}\n`}
passdb {
  ${passdb}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
service imap-login {
  ${root ? '' : 'chroot =\n'}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${root ? '' : 'chroot ='}
  # Else who fails to sign in waits longer each time.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

function look(): boolean {
  const found = spawnSync('dovecot', ['--version']).status === 0;
  const missing = 'dovecot is not installed: the suites over a real mailbox do not run. To run them: apt-get install dovecot-imapd';
  if (!found && process.env.CI) throw new Error(missing);
  if (!found) console.warn(`skipped: ${missing}`);
  return found;
}

async function answers(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    const [greeting] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])])) as [Buffer | string];
    return String(greeting).startsWith('* OK');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attachGateway, type GatewayDouble } from './double-gateway.ts';
import { type Kept, type Seen, type State, serveRest, type Trouble } from './double-rest.ts';

/** Somebody on the simulated Discord. */
export interface Person {
  id: string;
  name: string;
  /** Channel of the direct messages with the bot. */
  direct: string;
}

/** A simulated Discord: REST and gateway on one loopback port, people who write, press and type commands. */
export interface DiscordDouble {
  /** For DISCORD_API_ROOT. */
  root: string;
  token: string;
  me: string;
  gateway: GatewayDouble;
  seen: Seen;
  state: State;
  person(name?: string): Person;
  /** A text channel of the server. */
  channel(): string;
  /** All of a channel, oldest first. */
  messages(channel: string): Kept[];
  /** What the bot wrote in a channel. */
  said(channel: string): Kept[];
  write(person: Person, text: string, where?: { channel?: string; id?: string; more?: object }): Kept;
  edit(person: Person, message: Kept, text: string): void;
  remove(message: Kept): void;
  /** Presses a button; answers with the interaction's id. */
  press(person: Person, message: Kept, customId: string): string;
  command(person: Person, name: string, options?: Record<string, string>, channel?: string): string;
  /** Faults for coming requests. */
  trouble(...next: Trouble[]): void;
  newId(): string;
  close(): Promise<void>;
}

const guild = '41771983423143937';

/** Starts a simulated Discord. */
export async function startDiscord({ heartbeatMs = 20_000, token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.double.token' } = {}): Promise<DiscordDouble> {
  let increment = 0;
  const nextId = () => String((BigInt(Date.now()) - 1_420_070_400_000n) * 4_194_304n + BigInt(increment++ % 4_194_304));
  const me = nextId();
  const application = nextId();
  const directs = new Map<string, string>();
  const servers = new Set<string>();
  const trouble: Trouble[] = [];
  const seen: Seen = { statuses: {}, requests: [] };
  let port = 0;
  const state: State = {
    token,
    me,
    application,
    messages: new Map(),
    directOf(user) {
      const known = directs.get(user) ?? nextId();
      directs.set(user, known);
      if (!state.messages.has(known)) state.messages.set(known, []);
      return known;
    },
    closed: new Set(),
    unwritable: new Set(),
    commands: [],
    answers: new Map(),
    interactions: new Map(),
    nextId,
    gatewayUrl: () => `ws://127.0.0.1:${port}`,
    posted: (message) => gateway.dispatch('MESSAGE_CREATE', shown(message)),
  };
  const http = createServer((request, response) => void serveRest(state, trouble, seen, request, response));
  const gateway = attachGateway(http, {
    token,
    heartbeatMs,
    url: () => `ws://127.0.0.1:${port}`,
    ready: () => ({ user: { id: me, username: 'destek', bot: true }, application: { id: application, flags: 0 } }),
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  port = (http.address() as AddressInfo).port;

  // Without the privileged intent a bot sees the text in direct messages, of its own messages and where it is mentioned.
  function shown(message: Kept): object {
    const server = servers.has(message.channel_id);
    const visible = !server || message.author.id === me || (message.mentions as { id: string }[]).some(({ id }) => id === me);
    return {
      ...message,
      ...(server ? { guild_id: guild, member: { roles: [] } } : {}),
      ...(visible ? {} : { content: '', attachments: [] }),
    };
  }
  const userOf = ({ id, name }: Person) => ({ id, username: name.toLowerCase(), global_name: name, discriminator: '0', avatar: null });

  function interaction(person: Person, channel: string, more: object, message?: Kept): string {
    const id = nextId();
    state.interactions.set(id, { at: Date.now(), channel, message });
    const server = servers.has(channel);
    const who = server ? { guild_id: guild, member: { user: userOf(person), roles: [], permissions: '0' } } : { user: userOf(person) };
    gateway.dispatch('INTERACTION_CREATE', {
      id,
      application_id: application,
      token: `token-${id}`,
      version: 1,
      channel_id: channel,
      channel: { id: channel, type: server ? 0 : 1 },
      locale: 'en-US',
      context: server ? 0 : 1,
      entitlements: [],
      ...who,
      ...more,
    });
    return id;
  }

  return {
    root: `http://127.0.0.1:${port}/api`,
    token,
    me,
    gateway,
    seen,
    state,
    newId: nextId,
    person(name = 'Deniz') {
      const id = nextId();
      return { id, name, direct: state.directOf(id) };
    },
    channel() {
      const id = nextId();
      servers.add(id);
      state.messages.set(id, []);
      return id;
    },
    messages: (channel) => state.messages.get(channel) ?? [],
    said: (channel) => (state.messages.get(channel) ?? []).filter(({ author }) => author.id === me),
    write(person, text, { channel = person.direct, id = nextId(), more = {} } = {}) {
      const known = state.messages.get(channel)?.find((message) => message.id === id);
      const mentions = text.includes(`<@${me}>`)
        ? [{ id: me, username: 'destek', global_name: null, bot: true, discriminator: '0000', avatar: null }]
        : [];
      const message: Kept = known ?? {
        id,
        channel_id: channel,
        author: userOf(person),
        content: text,
        type: 0,
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        tts: false,
        mention_everyone: false,
        mentions,
        mention_roles: [],
        attachments: [],
        embeds: [],
        pinned: false,
        flags: 0,
        components: [],
        ...more,
      };
      if (!known) state.messages.get(channel)?.push(message);
      gateway.dispatch('MESSAGE_CREATE', shown(message));
      return message;
    },
    edit(_, message, text) {
      message.content = text;
      message.edited_timestamp = new Date().toISOString();
      gateway.dispatch('MESSAGE_UPDATE', shown(message));
    },
    remove(message) {
      const all = state.messages.get(message.channel_id) ?? [];
      all.splice(all.indexOf(message), 1);
      gateway.dispatch('MESSAGE_DELETE', {
        id: message.id,
        channel_id: message.channel_id,
        ...(servers.has(message.channel_id) ? { guild_id: guild } : {}),
      });
    },
    press: (person, message, customId) =>
      interaction(person, message.channel_id, { type: 3, data: { custom_id: customId, component_type: 2 }, message }, message),
    command: (person, name, options = {}, channel = person.direct) =>
      interaction(person, channel, {
        type: 2,
        data: { id: nextId(), name, type: 1, options: Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value })) },
      }),
    trouble: (...next) => void trouble.push(...next),
    async close() {
      gateway.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

import { io, type Socket } from 'socket.io-client';
import type { TicketList } from '../../src/server/desk/list-protocol.ts';
import type { DeskClientToServer, DeskServerToClient, LiveUpdate, Me, TicketView } from '../../src/server/desk/protocol.ts';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

/** An agent at the desk who speaks the real API, with what their browser keeps. */
export interface DeskAgent {
  me: Me;
  cookie: string;
  /** A call; the body as JSON. Rejects nothing: look at the status. */
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: T }>;
  list(name?: string): Promise<TicketList>;
  open(ticketId: number): Promise<TicketView>;
  /** Hears what happens from now on, or since a cursor. */
  live(after?: string): Promise<{ updates: LiveUpdate[]; socket: Socket<DeskServerToClient, DeskClientToServer>; close(): void }>;
}

let made = 0;

/** Makes an agent through the product's own ways: the first-run link, then invitations. */
export async function signIn(app: TestApp, over: { role?: 'agent' | 'supervisor'; departments?: string[] } = {}): Promise<DeskAgent> {
  const supervisor = await bySupervisor(app);
  if (over.role === 'supervisor' && !over.departments) return supervisor;
  const name = `Agent ${++made}`;
  const wish = {
    email: `agent${made}@demobet.example`,
    name,
    role: over.role ?? 'agent',
    departments: over.departments ?? supervisor.me.allDepartments.map(({ id }) => id),
    languages: ['en'],
  };
  const { body } = await supervisor.call<{ link: string }>('POST', '/api/desk/agents', wish);
  return accept(app, tokenIn(body.link), {});
}

const supervisors = new WeakMap<TestApp, Promise<DeskAgent>>();

function bySupervisor(app: TestApp): Promise<DeskAgent> {
  let known = supervisors.get(app);
  if (!known) {
    known = accept(app, tokenIn(app.firstRunLink ?? ''), { name: 'Suna', email: 'suna@demobet.example' });
    supervisors.set(app, known);
  }
  return known;
}

/** The token in a one-time link. */
export function tokenIn(link: string): string {
  return new URL(link).hash.replace('#token=', '');
}

async function accept(app: TestApp, token: string, more: object): Promise<DeskAgent> {
  const response = await fetch(`${app.url}/api/desk/invitation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password: 'a long password', ...more }),
  });
  if (!response.ok) throw new Error(`invitation: ${response.status} ${await response.text()}`);
  return atDesk(app, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
}

/** The desk of a browser that is signed in already. */
export async function atDesk(app: Pick<TestApp, 'url'>, cookie: string): Promise<DeskAgent> {
  let csrf = '';
  const call: DeskAgent['call'] = async (method, path, body) => {
    const headers = { cookie, 'x-csrf': csrf, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(`${app.url}${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  const me = (await call<Me>('GET', '/api/desk/me')).body;
  csrf = me.csrf;
  const list: DeskAgent['list'] = async (name = 'waiting') => (await call<TicketList>('GET', `/api/desk/tickets?list=${name}`)).body;
  return {
    me,
    cookie,
    call,
    list,
    open: async (id) => (await call<TicketView>('GET', `/api/desk/tickets/${id}`)).body,
    async live(after) {
      const updates: LiveUpdate[] = [];
      const begin = after ?? (await list()).cursor;
      const socket: Socket<DeskServerToClient, DeskClientToServer> = io(app.url, {
        path: '/desk/socket',
        transports: ['websocket'],
        forceNew: true,
        auth: { after: begin },
        extraHeaders: { cookie },
      });
      socket.on('live', (update) => void updates.push(update));
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      // Connected is not there yet: what a desk missed is told once it hears the rest.
      if (after === undefined) {
        await until(() => updates[0]);
        updates.length = 0;
      }
      return { updates, socket, close: () => void socket.close() };
    },
  };
}

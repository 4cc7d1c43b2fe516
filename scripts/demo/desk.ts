import { io } from 'socket.io-client';
import type { Me, TicketView } from '../../src/server/desk/protocol.ts';

/** Somebody signed in at the desk, over its HTTP API. */
export interface AtDesk {
  me: Me;
  /** A call; undefined for 204. Rejects with what the server said. */
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
  /** Shows them as online until `stop` aborts. */
  comeOnline(stop: AbortSignal): Promise<void>;
}

/** Uses a one-time link: sets the password and signs in. */
export async function accept(url: string, link: string, wish: { password: string; name?: string; email?: string }): Promise<AtDesk> {
  const token = new URL(link).hash.replace('#token=', '');
  const response = await fetch(`${url}/api/desk/invitation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...wish }),
  });
  if (!response.ok) throw new Error(`the invitation was refused: ${await response.text()}`);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  let csrf = '';
  const call: AtDesk['call'] = async (method, path, body) => {
    const headers = { cookie, 'x-csrf': csrf, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await fetch(`${url}/api/desk/${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as never;
  };
  const me = await call<Me>('GET', 'me');
  csrf = me.csrf;
  return {
    me,
    call,
    async comeOnline(stop) {
      const socket = io(url, { path: '/desk/socket', transports: ['websocket'], extraHeaders: { cookie } });
      const beat = setInterval(() => socket.emit('beat'), 10_000);
      stop.addEventListener('abort', () => {
        clearInterval(beat);
        socket.close();
      });
      await call('POST', 'presence', { presence: 'online' });
    },
  };
}

/** A reply to a ticket, built on what the view shows. */
export async function replyTo({ call }: AtDesk, { ticket, heardSeq }: TicketView, text: string): Promise<TicketView> {
  return call<TicketView>('POST', `tickets/${ticket.id}/reply`, { id: crypto.randomUUID(), text, seenSeq: heardSeq });
}

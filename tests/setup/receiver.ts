import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a receiver meets a delivery: answers well, answers badly, never answers, breaks the connection, says that it is gone. */
export type Manner = 'ok' | 'fail' | 'hang' | 'die' | 'gone' | 'redirect';

/** A delivery as it came in. */
export interface Delivered {
  id: string;
  type: string;
  data: Record<string, unknown>;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server that webhooks go to. */
export interface Receiver {
  url: string;
  got: Delivered[];
  /** From the next delivery on. */
  manner: Manner;
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of this machine. */
export async function startReceiver(): Promise<Receiver> {
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const { id, type, data } = JSON.parse(body);
    receiver.got.push({ id, type, data, headers: request.headers, body });
    if (receiver.manner === 'die') return request.socket.destroy();
    if (receiver.manner === 'hang') return;
    if (receiver.manner === 'redirect') response.setHeader('location', '/elsewhere');
    response.statusCode = { ok: 204, fail: 500, gone: 410, redirect: 302 }[receiver.manner];
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got: [],
    manner: 'ok',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** True where a delivery was signed with that secret, checked as a receiver would (Standard Webhooks). */
export function isSigned({ headers, body }: Delivered, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest();
  const given = Buffer.from(String(headers['webhook-signature']).replace('v1,', ''), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

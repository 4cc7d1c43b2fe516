// Takes Destek's webhooks (docs/webhooks.md): checks the signature, tells repeats, answers at once. No dependency; Node 20 or newer.
//   DESTEK_WEBHOOK_SECRET=whsec_… node examples/webhook-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** Whether a delivery is Destek's and not older than five minutes. `rawBody`: as it came, before JSON.parse. */
export function isOurs(headers, rawBody, secret) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${rawBody}`).digest();
  const fresh = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 300;
  const given = String(headers['webhook-signature']).split(' ').map((each) => Buffer.from(each.replace('v1,', ''), 'base64'));
  return fresh && given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}

/** A server that hands each event on once. What was seen is kept in memory here: keep it where yours outlives a restart. */
export function receive(secret, onEvent) {
  const seen = new Set();
  return createServer(async (request, response) => {
    let rawBody = '';
    for await (const part of request.setEncoding('utf8')) rawBody += part;
    if (!isOurs(request.headers, rawBody, secret)) return response.writeHead(401).end();
    response.writeHead(204).end();
    const event = JSON.parse(rawBody);
    if (seen.has(event.id)) return;
    seen.add(event.id);
    onEvent(event);
  });
}

if (process.env.DESTEK_WEBHOOK_SECRET) receive(process.env.DESTEK_WEBHOOK_SECRET, console.log).listen(8080);

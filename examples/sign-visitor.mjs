// Who a visitor is, for the chat on your pages (docs/widget.md): a JWT that your server signs. No dependency; Node 20 or newer.
import { createHmac } from 'node:crypto';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `person`: { sub: your id of theirs, name?, email?, tier? }. Good for five minutes: give the chat a function that fetches a fresh one. */
export function signVisitor(person, secret = process.env.WIDGET_SECRET) {
  const signed = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ ...person, exp: Math.floor(Date.now() / 1000) + 300 })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

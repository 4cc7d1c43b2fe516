import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** A new visitor's id: the address of the web channel. */
export function newVisitor(): string {
  return randomUUID();
}

/** What the browser keeps to prove that it is this visitor: id and HMAC-SHA256 of it. */
export function visitorToken(id: string, key: Buffer): string {
  return `${id}.${signature(id, key)}`;
}

/** The visitor of a token, or undefined where it is not one of ours. */
export function readVisitor(token: string, key: Buffer): string | undefined {
  const [id = '', signed = ''] = token.split('.');
  const [given, expected] = [Buffer.from(signed), Buffer.from(signature(id, key))];
  return id && given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
}

function signature(id: string, key: Buffer): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}

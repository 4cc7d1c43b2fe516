import { createHmac, randomBytes } from 'node:crypto';

/** A new secret, as Standard Webhooks writes them: `whsec_` and 24 random bytes in Base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/**
 * The headers that sign a delivery (Standard Webhooks 1.0.0): HMAC-SHA256 over `id.timestamp.body`, so that a receiver can refuse what is
 * forged, changed, or played again later. `at`: when this try is made.
 */
export function signatureHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

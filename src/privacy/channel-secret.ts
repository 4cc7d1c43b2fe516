import { open, seal } from './seal.ts';

/** The use of SECRET_KEY that seals what channels keep secret. */
export const channelSecrets = 'channel-secrets';

const prefix = 'secret:';

/** A secret as it lies among a channel's positions. */
export interface SealedSecret {
  /** Base64. */
  sealed: string;
}

/** The name of its position. */
export function secretName(name: string): string {
  return prefix + name;
}

/** Which positions are secrets, as a pattern of `like`. */
export const anySecret = `${prefix}%`;

/** Seals a secret for its position. */
export function sealSecret(key: Buffer, text: string, position: string): SealedSecret {
  return { sealed: seal(key, text, position).toString('base64') };
}

/** Raises a Fault where it was sealed with another key. */
export function openSecret(key: Buffer, { sealed }: SealedSecret, position: string): string {
  return open(key, Buffer.from(sealed, 'base64'), position).toString('utf8');
}

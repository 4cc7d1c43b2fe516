import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Fault } from '../errors.ts';

/**
 * A 256-bit key for one use of the secret (`seal`, `cookie`, …), so that no two uses share a key.
 * HKDF-SHA-256 (RFC 5869) with the use as its info; the same secret and use always give the same key.
 */
export function deriveKey(secret: string, use: string): Buffer {
  if (secret.length < 16)
    throw new Fault(
      'config.invalid',
      'SECRET_KEY has fewer than 16 characters.',
      'Set 32 random bytes, for example from `openssl rand -base64 32`.',
    );
  return Buffer.from(hkdfSync('sha256', secret, 'destek', use, keyLength));
}

/** A fresh random data key: one per contact, kept only wrapped, so that erasing the contact makes what it sealed unreadable. */
export function newDataKey(): Buffer {
  return randomBytes(keyLength);
}

/** Seals a data key under a key of ours; `aad` names whose it is, `keyId` (0–255) the SECRET_KEY in use. */
export function wrap(key: Buffer, dataKey: Buffer, aad = '', keyId = 0): Buffer {
  return seal(key, dataKey, `key:${aad}`, keyId);
}

/** Opens a wrapped data key. Raises a Fault where the key or `aad` is another, or a byte has changed. */
export function unwrap(key: Buffer, wrapped: Buffer, aad = ''): Buffer {
  return open(key, wrapped, `key:${aad}`);
}

/**
 * AES-256-GCM (NIST SP 800-38D): version byte, key id, random 96-bit nonce, tag, ciphertext.
 * `aad` binds the place (`message:12:text`): the same bytes moved elsewhere don't open. The header is bound too.
 * With random nonces one key may seal 2³² texts; a contact's key never comes near.
 */
export function seal(key: Buffer, plaintext: Buffer | string, aad: string, keyId = 0): Buffer {
  const header = Buffer.from([version, keyId]);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(header, aad));
  const body = Buffer.concat([typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), body]);
}

/** The plaintext of what `seal` gave. Raises a Fault where the key or `aad` is another, or a byte has changed. */
export function open(key: Buffer, sealed: Buffer, aad: string): Buffer {
  if (sealed.length < bodyAt || sealed[0] !== version) throw notOurs();
  const header = sealed.subarray(0, headerLength);
  const nonce = sealed.subarray(headerLength, headerLength + nonceLength);
  const tag = sealed.subarray(headerLength + nonceLength, bodyAt);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(bound(header, aad)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]);
  } catch {
    throw notOurs();
  }
}

/** Which SECRET_KEY sealed it, to find the one that opens it while keys are rotated. */
export function keyIdOf(sealed: Buffer): number {
  if (sealed.length < bodyAt || sealed[0] !== version) throw notOurs();
  return sealed[1] as number;
}

const version = 1;
const keyLength = 32;
const headerLength = 2;
const nonceLength = 12;
const tagLength = 16;
const bodyAt = headerLength + nonceLength + tagLength;

function bound(header: Buffer, aad: string): Buffer {
  return Buffer.concat([header, Buffer.from(aad, 'utf8')]);
}

/** A wrong key and a changed byte cannot be told apart, by design of the cipher. */
function notOurs(): Fault {
  return new Fault(
    'config.invalid',
    'A sealed value does not open: it was changed, moved, or sealed under another SECRET_KEY.',
    'Start with the SECRET_KEY that was set when it was written.',
  );
}

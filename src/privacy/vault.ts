import { deriveKey, newDataKey, open, seal, unwrap, wrap } from './seal.ts';

/** Seals what belongs to one contact with that contact's own key; destroying the wrapped key makes it unreadable for good. */
export interface Vault {
  /** A new contact's data key, wrapped. */
  newKey(): Buffer;
  seal(wrappedKey: Buffer, text: string): Buffer;
  open(wrappedKey: Buffer, sealed: Buffer): string;
}

/** A vault over SECRET_KEY. */
export function createVault(secret: string): Vault {
  const master = deriveKey(secret, 'contact-keys');
  return {
    newKey: () => wrap(master, newDataKey()),
    seal: (wrappedKey, text) => seal(unwrap(master, wrappedKey), text, 'message'),
    open: (wrappedKey, sealed) => open(unwrap(master, wrappedKey), sealed, 'message').toString('utf8'),
  };
}

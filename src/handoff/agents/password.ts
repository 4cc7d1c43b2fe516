import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** A password as stored: `argon2id$memory$passes$salt$tag`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...cost, message: normal(password), nonce });
  return ['argon2id', cost.memory, cost.passes, nonce.toString('base64url'), tag.toString('base64url')].join('$');
}

/** True where the password is the stored one. Takes as long where nothing is stored, so that an unknown e-mail cannot be told by time. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, nonce = '', tag = ''] = (stored ?? absent).split('$');
  const expected = Buffer.from(tag, 'base64url');
  const given = await derive('argon2id', {
    ...cost,
    memory: Number(memory),
    passes: Number(passes),
    message: normal(password),
    nonce: Buffer.from(nonce, 'base64url'),
  });
  return stored !== null && timingSafeEqual(given, expected);
}

const absent = `argon2id$${cost.memory}$${cost.passes}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

// The same password typed on two keyboards may differ in code points (NIST SP 800-63B 5.1.1.2).
function normal(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'));
}

import type { Refusal } from '../../../src/server/desk/protocol.ts';
import { language } from '../words.ts';
import { me } from './me.ts';
import { Refused } from './refused.ts';

const patienceMs = 15_000;

/** Asks the server for something. Throws {@link Refused}. */
export function get<T>(path: string, values: Record<string, string> = {}): Promise<T> {
  return call<T>('GET', `${path}?${new URLSearchParams(values)}`);
}

/** Asks for something that has names in it, in the language of the screen. */
export function getSpoken<T>(path: string, values: Record<string, string> = {}): Promise<T> {
  return get<T>(path, { language: language.peek(), ...values });
}

/** Changes something on the server. Throws {@link Refused}. */
export function post<T>(path: string, body: object = {}): Promise<T> {
  return call<T>('POST', path, JSON.stringify(body));
}

async function call<T>(method: string, path: string, body?: string): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const csrf = me.peek()?.csrf;
  if (csrf) headers['x-csrf'] = csrf;
  let answer: Response;
  try {
    answer = await fetch(`/api/desk/${path}`, {
      method,
      headers,
      body,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    throw new Refused('network', 0, 'The server could not be reached.');
  }
  if (answer.status === 204) return undefined as T;
  const value: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return value as T;
  const { code = 'internal', message = '' } = (value ?? {}) as Partial<Refusal>;
  if (code === 'sign-in.needed') me.value = null;
  throw new Refused(code, answer.status, message);
}

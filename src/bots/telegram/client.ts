import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';

/** One call of the Bot API. `withinMs` (default 30 s) bounds it: a connection that died without a word must not hold anything for ever. */
export type Call = <M extends keyof Methods>(
  method: M,
  payload: Opts<M>,
  limits?: { withinMs?: number; signal?: AbortSignal },
) => Promise<ReturnType<Methods[M]>>;

/** The Bot API through telegraf's client. `root`: address of another server than api.telegram.org. */
export function createCall(token: string, root?: string): Call {
  const client = new Telegram(token, { apiRoot: root });
  return (method, payload, { withinMs = 30_000, signal } = {}) => {
    const late = AbortSignal.timeout(withinMs);
    const either = signal ? AbortSignal.any([signal, late]) : late;
    // telegraf's types name the shim that was there before Node had AbortSignal; node-fetch takes both.
    return client.callApi(method, payload, { signal: either as never });
  };
}

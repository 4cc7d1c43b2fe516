import http from 'node:http';
import https from 'node:https';
import { guardedLookup, isPrivate } from './address.ts';

/** What a delivery ended with: an HTTP status, or why there was none. */
export type Result = { ok: boolean; gone: boolean; code: string };

const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };

/** Posts a body and waits at most `patienceMs` for the status; the answer's own body is of no interest, and a redirect is not followed. Never rejects. */
export async function post(
  url: URL,
  headers: Record<string, string>,
  body: string,
  { allowPrivate, patienceMs, signal }: { allowPrivate: boolean; patienceMs: number; signal: AbortSignal },
): Promise<Result> {
  // The look-up is not asked about addresses that are numbers already.
  if (!allowPrivate && isPrivate(url.hostname.replace(/^\[|\]$/g, ''))) return none('private');
  const asked = await ask();
  // A connection that was kept may have been closed by the other side meanwhile: that is no failure of theirs.
  return asked === 'closed' ? asResult(await ask()) : asResult(asked);

  function ask(): Promise<Result | 'closed'> {
    return new Promise((resolve) => {
      const over = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
      const request = (url.protocol === 'https:' ? https : http).request(url, {
        method: 'POST',
        agent: agents[url.protocol as 'http:'],
        lookup: guardedLookup(allowPrivate),
        signal: over,
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Destek' },
      });
      request.on('response', (response) => {
        const status = response.statusCode ?? 0;
        // Read to its end, so that the connection can be used again, but not a flood.
        response.resume();
        response.on('error', () => {});
        resolve({ ok: status >= 200 && status < 300, gone: status === 410, code: String(status) });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (over.aborted) return resolve(none(signal.aborted ? 'stopped' : 'timeout'));
        if (request.reusedSocket && error.code === 'ECONNRESET') return resolve('closed');
        return resolve(none(names[error.code ?? ''] ?? 'failed'));
      });
      request.end(body);
    });
  }
}

const names: Record<string, string> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EPRIVATE: 'private',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  CERT_HAS_EXPIRED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

function none(code: string): Result {
  return { ok: false, gone: false, code };
}

function asResult(asked: Result | 'closed'): Result {
  return asked === 'closed' ? none('reset') : asked;
}

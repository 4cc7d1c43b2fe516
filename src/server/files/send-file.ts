import type { FastifyReply } from 'fastify';

/**
 * Answers with bytes that came from outside: never shown by the browser as a page of ours, never kept by it. `name`: a download under that name.
 * `shownOn`: whose pages may show a picture; the widget stands on those of others.
 */
export function sendFile(
  reply: FastifyReply,
  { type, bytes, name }: { type: string; bytes: Buffer; name?: string },
  shownOn: 'same-origin' | 'cross-origin' = 'same-origin',
) {
  return reply
    .header('content-type', type === 'text/plain' || type === 'text/csv' ? `${type}; charset=utf-8` : type)
    .header(
      'content-disposition',
      name === undefined ? 'inline' : `attachment; filename="${ascii(name)}"; filename*=UTF-8''${percent(name)}`,
    )
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', shownOn)
    .header('cache-control', 'private, no-store')
    .send(bytes);
}

/** For browsers that know only the old form. */
function ascii(name: string): string {
  return name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
}

/** RFC 8187. */
function percent(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

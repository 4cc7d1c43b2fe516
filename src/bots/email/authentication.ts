import type { Mail } from './mail.ts';

/** What the receiving server found out about the sender, as it says in Authentication-Results. */
export interface Authentication {
  spf?: string;
  dkim?: string;
  dmarc?: string;
}

/**
 * Reads the topmost Authentication-Results that carries the trusted server's own name (the setting `authserv`);
 * anybody can write such a header, so without the setting, or below that one, none is believed.
 */
export function readAuthentication(mail: Mail, authserv: string | undefined): Authentication | undefined {
  if (!authserv) return undefined;
  const trusted = mail.header('authentication-results').find((value) => value.trim().toLowerCase().split(/[\s;]/)[0] === authserv);
  if (!trusted) return {};
  const result: Authentication = {};
  for (const [, method, verdict] of trusted
    .slice(0, 5_000)
    .toLowerCase()
    .matchAll(/[;\s](spf|dkim|dmarc)\s*=\s*([a-z]{1,20})/g)) {
    const name = method as keyof Authentication;
    // Several signatures: one that holds is enough.
    if (result[name] !== 'pass') result[name] = verdict;
  }
  return result;
}

/** True where the server says that the sender is not who they claim to be, or (where it is trusted to say) says nothing good. */
export function isForged(found: Authentication | undefined): boolean {
  if (!found) return false;
  if (found.dmarc && found.dmarc !== 'none') return !found.dmarc.endsWith('pass');
  return found.spf !== 'pass' && found.dkim !== 'pass';
}

/** As codes that the desk shows: `spf=pass`. */
export function authenticationMarks(found: Authentication | undefined): string[] {
  return Object.entries(found ?? {}).map(([method, verdict]) => `${method}=${verdict}`);
}

import { readClaims } from './subject.ts';

/** Who the person is, signed by the host page's server: a JWT, or a function that brings a fresh one before each connection. */
export type Identity = string | (() => string | undefined | Promise<string | undefined>);

/** The identity of a page: its subject is known before a chat is opened, so that nobody sees another person's. */
export interface Person {
  /** Empty: anonymous. */
  subject: string;
  token(): Promise<string | undefined>;
}

/** Reads an identity; one that is none or has expired is an anonymous visitor, with a warning for the page's developer. */
export async function readPerson(identity: Identity | undefined): Promise<Person> {
  const fetchToken = async () => (typeof identity === 'function' ? identity() : identity);
  const token = await fetchToken().catch(() => undefined);
  if (!token) return { subject: '', token: async () => undefined };
  const claims = readClaims(token);
  if (!claims || (claims.expires !== undefined && claims.expires * 1000 < Date.now())) {
    console.warn(
      claims
        ? 'Destek: the identity has expired. The visitor is anonymous.'
        : 'Destek: the identity is no JWT with a subject. The visitor is anonymous.',
    );
    return { subject: '', token: async () => undefined };
  }
  let first: string | undefined = token;
  return {
    subject: claims.subject,
    async token() {
      const now = first ?? (await fetchToken());
      first = typeof identity === 'function' ? undefined : token;
      // A function that suddenly brings somebody else's is not asked to mix two people.
      return now && readClaims(now)?.subject === claims.subject ? now : undefined;
    },
  };
}

import type { AboutContact, Host } from '../../conversation/channel.ts';
import { createBuckets } from './bucket.ts';
import { readIdentity } from './identity.ts';
import { handshake, parseCursor } from './parse.ts';
import type { About } from './protocol.ts';
import { createPump } from './pump.ts';
import type { ChatSocket, Visit } from './visit.ts';
import { newVisitor, readVisitor, visitorToken } from './visitor.ts';

/** Who a tab that connects is, by its visitor token or by an identity that the host page signed with `secret`; throws what the tab is refused with. */
export function createAdmit(host: Host, secret: string | undefined): (socket: ChatSocket) => Promise<Visit> {
  const key = host.key('visitor');
  const newcomers = createBuckets(60, 1);

  return async (socket) => {
    const given = handshake.safeParse(socket.handshake.auth);
    if (!given.success) throw refusal('input.invalid', 'The connection was refused: unknown or wrong fields.');
    const { identity, visitor, language = '', about } = given.data;
    const person = identity === undefined ? undefined : await readIdentity(identity, secret);
    const known = person?.address ?? (visitor === undefined ? undefined : readVisitor(visitor, key));
    if (!known && newcomers.take(socket.handshake.address) > 0) throw refusal('rate.limited', host.words(language, 'web:too_many'));
    const address = known ?? newVisitor();
    const greeting = {
      visitor: known ? undefined : visitorToken(address, key),
      identity: identity === undefined ? undefined : person ? ('verified' as const) : ('refused' as const),
      email: person?.email && veiled(person.email),
    };
    return {
      address,
      language,
      contact: { name: about?.name, ...person?.contact },
      email: person?.email,
      about: person?.email ? { player: about?.player, email: person.email, verified: true } : said(about),
      pump: createPump(socket, host, address, parseCursor(given.data.after), greeting),
    };
  };
}

function said(about: About | undefined): AboutContact | undefined {
  const { player, email } = about ?? {};
  return player || email ? { player, email } : undefined;
}

/** Enough of an address to know one's own. */
function veiled(email: string): string {
  return email.replace(/^(.)[^@]*/, '$1…');
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { data: { code, message } });
}

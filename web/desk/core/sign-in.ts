import type { Me } from '../../../src/server/desk/protocol.ts';
import { forget } from './browser-store.ts';
import { get, getSpoken, post } from './call.ts';
import { explain } from './explain.ts';
import { me } from './me.ts';
import { asRefused, Refused } from './refused.ts';
import { tell } from './toast.ts';

/** Whom a one-time link is for. */
export interface Invitation {
  /** The first supervisor, who gives name and e-mail. */
  first: boolean;
  name?: string;
  email?: string;
}

/** Whom this page is for. */
let owner: number | undefined;

/** A page of nobody's: what this one holds, or still waits for, is not for the next person. */
const beginAnew = () => location.replace('/desk');

/** Asks who is signed in, in the language of the screen; keeps who was known where the server cannot be reached. */
export async function loadMe(): Promise<void> {
  try {
    const now = await getSpoken<Me>('me');
    owner ??= now.id;
    if (owner !== now.id) return beginAnew();
    me.value = now;
  } catch (error) {
    if (error instanceof Refused && error.code === 'sign-in.needed') me.value = null;
    else if (!me.peek()) throw error;
  }
}

/** Signs in with e-mail and password. */
export async function signIn(email: string, password: string): Promise<void> {
  await post('sign-in', { email, password });
  await loadMe();
}

/** Whom the link is for; throws where it was used or has expired. */
export function readInvitation(token: string): Promise<Invitation> {
  return get<Invitation>('invitation', { token });
}

/** Uses the link and signs in. */
export async function acceptInvitation(given: { token: string; password: string; name?: string; email?: string }): Promise<void> {
  await post('invitation', given);
  await loadMe();
}

/** Signs this browser out, or all of the agent's; forgets what this one kept of them. */
export async function signOut({ everywhere = false } = {}): Promise<void> {
  const who = me.peek();
  try {
    await post(everywhere ? 'sign-out-everywhere' : 'sign-out');
  } catch (error) {
    const refused = asRefused(error);
    if (refused.code !== 'sign-in.needed') return tell(explain(refused), { bad: true });
  }
  if (who) forget(`${who.id}:`);
  beginAnew();
}

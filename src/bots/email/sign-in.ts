import { createHash } from 'node:crypto';
import type { Secrets } from '../../conversation/channel.ts';
import { daysLeft, endsSoon } from '../../conversation/days-left.ts';
import type { Log } from '../../log.ts';
import { askForGrant, consentRemedy, type Grant, type OAuth } from './grant.ts';

/** A token that servers take instead of a password. `until`: milliseconds since 1970. */
export interface AccessToken {
  value: string;
  until: number;
}

/** Signs in by OAuth2. */
export interface SignIn {
  /**
   * A token that is good for a while yet. `refused`: the one that a server did not take; another is asked for, once a minute at most. Throws a Fault
   * with the remedy where the provider gives none.
   */
  token(refused?: string): Promise<AccessToken>;
  /** When the consent ends, where the provider said so with the last token; milliseconds since 1970. */
  endsAt(): number | undefined;
}

/** A token is given up so long before its end, so that it outlives the sign-in that it is for; one of a short life at half of it. Milliseconds. */
const marginMs = 120_000;
/** What servers refuse although it is new will not be taken a second later. Milliseconds. */
const restMs = 60_000;
/** Where the newest refresh token is kept. */
const keptName = 'oauth-refresh-token';

/**
 * A source of tokens: one request at a time however many ask, the last token kept until shortly before its end. A provider's new refresh token is kept
 * sealed, so that it holds after a restart and for the other processes; a new one in the settings goes before it.
 */
export function createSignIn(parts: { oauth: OAuth; secrets: Secrets; log?: Log; withinMs?: number; now?(): number }): SignIn {
  const { oauth, secrets, log, withinMs = 15_000, now = Date.now } = parts;
  let last: (AccessToken & { given: number }) | undefined;
  let asking: Promise<AccessToken> | undefined;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let endsAt: number | undefined;

  return {
    endsAt: () => endsAt,
    async token(refused) {
      if (refused !== undefined && refused === last?.value && now() - renewedAt >= restMs) {
        renewedAt = now();
        last = undefined;
      }
      if (last && last.until - Math.min(marginMs, (last.until - last.given) / 2) > now()) return last;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };

  async function ask(): Promise<AccessToken> {
    const grant = await (oauth.refreshToken ? refresh(oauth.refreshToken) : askForGrant(oauth, undefined, withinMs));
    endsAt = grant.endsIn && now() + grant.endsIn * 1_000;
    const days = daysLeft(endsAt, now());
    if (endsSoon(days)) log?.warn({ days, remedy: consentRemedy }, 'the consent to the mailbox ends soon');
    last = { value: grant.accessToken, given: now(), until: now() + grant.goodFor * 1_000 };
    return last;
  }

  async function refresh(first: string): Promise<Grant> {
    const used = await newest(first);
    let grant: Grant;
    try {
      grant = await askForGrant(oauth, used, withinMs);
    } catch (error) {
      // Another process may have used it up meanwhile, and kept the one that follows.
      const newer = await newest(first);
      if (newer === used) throw error;
      grant = await askForGrant(oauth, newer, withinMs);
    }
    if (grant.refreshToken && grant.refreshToken !== used) await secrets.set(keptName, JSON.stringify([mark(first), grant.refreshToken]));
    return grant;
  }

  /** The one that followed that of the settings; that itself where none did. */
  async function newest(first: string): Promise<string> {
    const [of, token] = JSON.parse((await secrets.get(keptName)) ?? '[]') as string[];
    return of === mark(first) && token ? token : first;
  }
}

/** Tells one setting from another without keeping it. */
function mark(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

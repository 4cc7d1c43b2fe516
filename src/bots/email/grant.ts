import { z } from 'zod';
import { Fault } from '../../errors.ts';

/** How we sign in by OAuth2, from the MAIL_OAUTH_ settings: as a person who consented once (`refreshToken`), else as the program itself. */
export interface OAuth {
  tokenUrl: string;
  clientId: string;
  clientSecret?: string;
  refreshToken?: string;
  scope?: string;
}

/** What the provider gave. */
export interface Grant {
  accessToken: string;
  /** Seconds. */
  goodFor: number;
  /** The next refresh token, where the provider gives a new one each time. */
  refreshToken?: string;
  /** Seconds until the person must consent again, where the provider says. */
  endsIn?: number;
}

const answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(3600),
  refresh_token: z.string().min(1).optional().catch(undefined),
  refresh_token_expires_in: z.coerce.number().positive().optional().catch(undefined),
});
const refusal = z.object({ error: z.string().max(200), error_description: z.string().catch('') });

/** Asks the token endpoint once. Throws a Fault that says what is wrong and what to do, without a word of what is secret. */
export async function askForGrant(oauth: OAuth, refreshToken: string | undefined, withinMs: number): Promise<Grant> {
  const { tokenUrl, clientId, clientSecret, scope } = oauth;
  const form = new URLSearchParams({
    client_id: clientId,
    ...(clientSecret ? { client_secret: clientSecret } : {}),
    ...(scope ? { scope } : {}),
    ...(refreshToken ? { grant_type: 'refresh_token', refresh_token: refreshToken } : { grant_type: 'client_credentials' }),
  });
  const { status, said } = await post(tokenUrl, form, withinMs);
  const given = answer.safeParse(said);
  if (status < 300 && given.success) {
    const { access_token, expires_in, refresh_token, refresh_token_expires_in: endsIn } = given.data;
    return { accessToken: access_token, goodFor: expires_in, refreshToken: refresh_token, endsIn };
  }
  if (status === 429 || status >= 500) throw away(tokenUrl, `HTTP ${status}`);
  throw refused(tokenUrl, status, refusal.safeParse(said).data);
}

async function post(tokenUrl: string, body: URLSearchParams, withinMs: number): Promise<{ status: number; said: unknown }> {
  try {
    // What is secret goes to this address and nowhere else.
    const response = await fetch(tokenUrl, { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(withinMs) });
    const text = await response.text();
    return { status: response.status, said: readJson(text) };
  } catch (error) {
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    throw away(tokenUrl, name === 'TimeoutError' ? `no answer within ${withinMs / 1000} s` : (cause?.code ?? 'no connection'));
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function away(tokenUrl: string, why: string): Fault {
  return new Fault(
    'store.unavailable',
    `${new URL(tokenUrl).host} gives no token for the mailbox now (${why}).`,
    'It is asked again; if it goes on, check MAIL_OAUTH_TOKEN_URL and the network.',
  );
}

/** The provider's own text may name what is secret: only its codes are told. */
function refused(tokenUrl: string, status: number, said: z.infer<typeof refusal> | undefined): Fault {
  const where = new URL(tokenUrl).host;
  if (!said)
    return new Fault(
      'config.invalid',
      `${where} does not answer as a token endpoint does (HTTP ${status}).`,
      'Correct MAIL_OAUTH_TOKEN_URL (docs/email.md has those of Microsoft and Google).',
    );
  const code = /AADSTS\d+/.exec(said.error_description)?.[0];
  const what = `${where} refuses to sign in to the mailbox (${[said.error.replace(/[^\w.-]/g, ''), code].filter(Boolean).join(', ')}).`;
  return new Fault('config.invalid', what, remedies[said.error] ?? remedies.other);
}

/** What to do where a person's consent ends. */
export const consentRemedy = 'Sign in at the provider again and set MAIL_OAUTH_REFRESH_TOKEN (docs/email.md).';

const client = 'MAIL_OAUTH_CLIENT_ID or MAIL_OAUTH_CLIENT_SECRET is wrong, or the secret has expired: make a new one at the provider.';
const remedies: Record<string, string> & { other: string } = {
  invalid_grant:
    'The consent behind MAIL_OAUTH_REFRESH_TOKEN has expired or was withdrawn: sign in at the provider again and set the new token (docs/email.md).',
  invalid_client: client,
  unauthorized_client: client,
  invalid_scope: 'MAIL_OAUTH_SCOPE is not what the provider calls the right to read and send mail (docs/email.md has it).',
  other: 'Compare the MAIL_OAUTH_ settings with what stands at the provider (docs/email.md).',
};

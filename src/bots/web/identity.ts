import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Origin } from '../../conversation/channel.ts';

/** A person whom a host page has signed for. */
export interface SignedPerson extends Origin {
  email?: string;
}

const claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().max(80).optional(),
  email: z.email().optional(),
  tier: z.string().max(40).optional(),
});

/**
 * Who a host page says the visitor is: a JWT (RFC 7519) signed with HS256 and WIDGET_SECRET, with `sub` and `exp`. The address follows from
 * the subject, so that history is theirs on every device. Undefined where the token is forged, expired or incomplete, or no secret is set.
 */
export async function readIdentity(token: string, secret: string | undefined): Promise<SignedPerson | undefined> {
  if (!secret) return undefined;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] });
    const { sub, name, email, tier } = claims.parse(payload);
    return { address: `verified-${createHash('sha256').update(sub).digest('base64url')}`, contact: { subject: sub, name, tier }, email };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

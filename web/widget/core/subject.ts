/** What the browser can read of an identity (a JWT); only the server can say whether it is true. */
export interface Claims {
  subject: string;
  name?: string;
  /** Seconds since the epoch. */
  expires?: number;
}

/** Reads the claims of a JWT without checking it; undefined where it is none. */
export function readClaims(token: string): Claims | undefined {
  try {
    const bytes = Uint8Array.from(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    const { sub, name, exp } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof sub === 'string' && sub ? { subject: sub, name, expires: exp } : undefined;
  } catch {
    return undefined;
  }
}

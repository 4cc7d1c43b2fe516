/** What kind of data was found; the kinds of the last line are masked but are no reason for a handover. */
export type SensitiveKind = 'national-id' | 'fin' | 'id-card' | 'passport' | 'card' | 'iban' | 'password' | 'cvv' | 'one-time-code';

/** A place in the plain text that looks like sensitive data: `[start, end)`, and the digits that stay readable. */
export interface Candidate {
  kind: SensitiveKind;
  start: number;
  end: number;
  keep: string;
}

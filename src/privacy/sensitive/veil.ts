import type { Candidate } from './candidate.ts';

/** What stands in the place of a value: as much of it as an agent needs to speak of it, the rest bullets of a fixed number. */
export function veil({ kind, keep }: Candidate): string {
  if (kind === 'card') return `•••• •••• •••• ${keep}`;
  if (kind === 'iban') return `${keep.slice(0, -4)}•• •••• •••• ${keep.slice(-4)}`;
  return `${'•'.repeat(lengths[kind])}${keep}`;
}

/** Fixed lengths: a mask must not tell how long a password is. */
const lengths: Record<Exclude<Candidate['kind'], 'card' | 'iban'>, number> = {
  'national-id': 9,
  fin: 5,
  'id-card': 7,
  passport: 7,
  password: 8,
  cvv: 3,
  'one-time-code': 6,
};

import type { Candidate, SensitiveKind } from './sensitive/candidate.ts';
import { findCards } from './sensitive/card.ts';
import { findDocuments } from './sensitive/document.ts';
import { digitGroups } from './sensitive/groups.ts';
import { findIbans } from './sensitive/iban.ts';
import { findNationalIds } from './sensitive/national-id.ts';
import { type Plain, readPlain } from './sensitive/plain.ts';
import { findSecrets } from './sensitive/secret.ts';
import { veil } from './sensitive/veil.ts';

/** What was found, never its value: the kind, where its mask stands in the masked text, and the characters left readable. */
export interface Finding {
  kind: SensitiveKind;
  start: number;
  end: number;
  keep?: string;
}

/** The text as it may be stored, logged, indexed and shown, and what was taken out. */
export interface Masked {
  text: string;
  findings: Finding[];
}

/**
 * Takes identity and payment data, passwords and codes out of any text: messages, names, subjects, file names.
 * Total on any string, linear in its length, changes nothing else; `mask(mask(x).text)` finds nothing more.
 */
export function mask(text: string): Masked {
  let masked: Masked = { text, findings: [] };
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = maskOnce(masked);
    if (next === masked) break;
    masked = next;
  }
  return masked;
}

/** True for kinds that make a message @sensitive; a password, security code or one-time code is masked and warned of, no more. */
export function isSensitive(kind: string): boolean {
  return !warned.has(kind);
}

const warned = new Set<string>(['password', 'cvv', 'one-time-code'] satisfies SensitiveKind[]);

/** What was masked can uncover its neighbour (the words between are now nearer), so we look again, and stop when nothing is new. */
const mostPasses = 4;

function maskOnce(before: Masked): Masked {
  const plain = readPlain(before.text);
  const found = withoutOverlaps(findAll(plain));
  if (found.length === 0) return before;
  const findings: Finding[] = [];
  let text = '';
  let from = 0;
  let moved = 0;
  // Findings of an earlier pass move with the text that changed before them; both are in order, so that one walk is enough.
  const moveUpTo = (place: number) => {
    const by = text.length - from;
    for (let each = before.findings[moved]; each && each.start < place; each = before.findings[++moved])
      findings.push({ ...each, start: each.start + by, end: each.end + by });
  };
  for (const candidate of found) {
    const start = plain.at[candidate.start] as number;
    moveUpTo(start);
    text += before.text.slice(from, start);
    const shown = veil(candidate);
    const { kind, keep } = candidate;
    findings.push({ kind, start: text.length, end: text.length + shown.length, ...(keep ? { keep: keep.slice(-4) } : {}) });
    text += shown;
    from = endInOriginal(plain, candidate.end);
  }
  moveUpTo(Number.POSITIVE_INFINITY);
  return { text: text + before.text.slice(from), findings };
}

/** The most telling kinds first: where two claim one place, the first has it. */
function findAll(plain: Plain): Candidate[] {
  const groups = digitGroups(plain.text);
  const numbers = groups.length > 0 ? [...findIbans(plain, groups), ...findCards(plain, groups), ...findNationalIds(plain, groups)] : [];
  return [...numbers, ...findDocuments(plain), ...findSecrets(plain)];
}

function withoutOverlaps(candidates: Candidate[]): Candidate[] {
  const taken = new Set<number>();
  const kept = candidates.filter(({ start, end }) => {
    for (let i = start; i < end; i++) if (taken.has(i)) return false;
    for (let i = start; i < end; i++) taken.add(i);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}

/** Where the last plain character's own unit ends; invisible characters behind it stay. */
function endInOriginal(plain: Plain, end: number): number {
  const last = plain.at[end - 1] as number;
  return last + ((plain.original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
}

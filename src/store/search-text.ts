import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

// Every way to write a letter of Turkish and Azerbaijani as one letter without marks, whatever the locale of the database; then what parts words;
// then combining marks, which go.
const letters = ['İIıŞşĞğÜüÖöÇçƏəÂâÎîÛûÉé', 'iiissgguuooccee' + 'aaiiuuee'] as const;
const dividers = '._-/@:+#<>&=|';
const marks = '\u0302\u0306\u0307\u0308\u0327';
const from = letters[0] + dividers + marks;
const to = letters[1] + ' '.repeat(dividers.length);

/** The words of a column as PostgreSQL's full text search has them, folded so that "İstanbul", "ISTANBUL" and "istanbul" are one. The indexes are on exactly this. */
export function searchVector(column: SQLWrapper): SQL {
  return sql`to_tsvector('simple', lower(translate(${column}, ${sql.raw(`'${from}', '${to}'`)})))`;
}

/** What somebody typed as a text for to_tsquery('simple', …), whose parser takes words apart as the index did: every word, or the beginning of one (suffixes follow). Undefined where there is no word in it. */
export function searchQuery(typed: string): string | undefined {
  const folded = [...typed.slice(0, longest)].map((letter) => letterOf.get(letter) ?? letter).join('');
  const words = folded.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 0 ? words.map((word) => `'${word}':*`).join(' & ') : undefined;
}

const longest = 200;
const letterOf = new Map([...from].map((letter, n) => [letter, [...to][n] ?? '']));

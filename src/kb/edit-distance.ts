/**
 * Edits that turn one word into another (Damerau–Levenshtein, optimal string alignment): insert, delete, replace and a swap of neighbours
 * count 1, a key beside the right one 0.8. Stops above the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const x = a[i - 1] as string;
      const y = b[j - 1] as string;
      const replace = x === y ? 0 : besideOnKeyboard(x, y) ? 0.8 : 1;
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + replace);
      if (i > 1 && j > 1 && x !== y && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return least;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}

/** True for two letters whose keys touch, on the layout that Turkish, English and Azerbaijani keyboards share. */
export function besideOnKeyboard(a: string, b: string): boolean {
  return lettersBeside(a).includes(b);
}

/** The letters whose keys touch a letter's, itself among them; empty for what is no key of the layout. */
export function lettersBeside(letter: string): string {
  return BESIDE.get(letter) ?? '';
}

const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((keys, row) => [...keys].map((key, column) => ({ key, row, column })));
const BESIDE = new Map(
  KEYS.map(({ key, row, column }) => {
    const beside = KEYS.filter((other) => Math.abs(other.row - row) <= 1 && Math.abs(other.column - column) <= 1);
    return [key, beside.map((other) => other.key).join('')];
  }),
);

// No vowels (no words by accident), nothing that sounds or looks like another in the three languages.
const letters = 'CDFHKMPRTX';

/**
 * A ticket's number for people: counter, hyphen, check letter (1042-K). The letter is the weighted digit sum modulo 10,
 * weights 3-1-7-9 as in bank check digits: one wrong digit and nearly every swapped pair is noticed.
 */
export function ticketNumber(counter: number): string {
  return `${counter}-${checkLetter(String(counter))}`;
}

/** The number as stored from what a person typed ("#1042 k", "1042K"), or undefined where it is none or its check letter is wrong. */
export function readTicketNumber(typed: string): string | undefined {
  const found = /(?<!\d)(\d{4,12})[\s-]*([a-z])(?![a-z\d])/i.exec(typed.normalize('NFKC'));
  if (!found) return undefined;
  const [, digits = '', letter = ''] = found;
  return checkLetter(digits) === letter.toUpperCase() ? `${digits}-${letter.toUpperCase()}` : undefined;
}

function checkLetter(digits: string): string {
  const weights = [3, 1, 7, 9];
  const sum = [...digits].reverse().reduce((total, digit, place) => total + Number(digit) * (weights[place % 4] ?? 1), 0);
  return letters[sum % 10] ?? 'X';
}

import type { Plain } from './plain.ts';

/** What the words beside a number say that it is. `reference`: a ticket, slip, order, phone: never masked. */
export type Label = 'card' | 'national-id' | 'fin' | 'id-card' | 'passport' | 'iban' | 'reference' | null;

/**
 * The label of the thing at `[start, end)`: the nearest word before it, else the nearest right behind it.
 * Words count only as far as the next long number or mask, so the cost is constant per candidate.
 */
export function labelAt(plain: Plain, start: number, end: number): Label {
  const before = clauseBefore(plain.text, start);
  const after = clauseAfter(plain.text, end);
  const near = lastLabel(before);
  const reference = referenceBefore.exec(before);
  if (reference && reference.index + 1 >= near.end) return 'reference';
  if (near.label) return near.label;
  if (referenceAfter.test(after)) return 'reference';
  return firstLabel(after);
}

/** The words before a place, up to 48 characters, not past a long number or a mask. */
export function clauseBefore(text: string, start: number): string {
  const slice = text.slice(Math.max(0, start - 48), start);
  const wall = /^.*(?:•|[0-9]{6})[0-9]*/s.exec(slice);
  return wall ? slice.slice(wall[0].length) : slice;
}

/** The words behind a place, up to 32 characters of the same line, not past a number or a mask. */
export function clauseAfter(text: string, end: number): string {
  return /^[^0-9•\n]*/.exec(text.slice(end, end + 32))?.[0] ?? '';
}

const words: [Exclude<Label, null | 'reference'>, RegExp][] = [
  ['iban', /iban/g],
  ['fin', word('fin[ -]?(?:kod\\w*|code)|fin(?:im|imi|i|in)?(?![a-z])|pin[ -]?(?:kod|code)\\w*')],
  ['passport', word('pas+[ae]?port\\w*|xarici pas\\w*|zagran\\w*')],
  [
    'national-id',
    word(
      't\\.?c\\.?(?:m|im|si|miz)?(?![a-z])|tckn?(?:no)?(?![a-z])|tc ?no|kimli[kg]\\w*|vatandaslik\\w*|national id\\w*|(?:national|personal|citizen(?:ship)?|identity|identification) (?:id |identity )?(?:no|nr|number|num)(?![a-z])|id (?:no|number|num)(?![a-z])',
    ),
  ],
  ['id-card', word('vesiq\\w*|sexsiyyet\\w*|udostoveren\\w*|id[ -]?card\\w*|identity card\\w*|seri(?:ya\\w*|al|si|m)?(?![a-z])')],
  [
    'card',
    word('(?:kredi|bank|banka)? ?kart(?!al)\\w*|(?:credit|debit)? ?card\\w*|visa(?![a-z])|master ?card\\w*|troy(?![a-z])|amex(?![a-z])'),
  ],
];

function word(alternatives: string): RegExp {
  return new RegExp(`(?<![a-z])(?:${alternatives})`, 'g');
}

/** The label that ends last before the number, and where it ends. */
function lastLabel(before: string): { label: Label; end: number } {
  let best: Label = null;
  let place = -1;
  for (const [label, pattern] of words) {
    for (const match of before.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (end > place) {
        place = end;
        best = label;
      }
    }
  }
  return { label: best, end: place };
}

function firstLabel(after: string): Label {
  let best: Label = null;
  let place = Number.POSITIVE_INFINITY;
  for (const [label, pattern] of words) {
    const found = after.search(new RegExp(pattern.source));
    if (found >= 0 && found < place) {
      place = found;
      best = label;
    }
  }
  return best;
}

/** Things that carry numbers which are nobody's secret, in three languages; `no`, `number` … may follow. */
const things =
  'kupon|bilet|fis|slip|ticket|order|siparis|sifaris|talep|taleb|muraciet|basvuru|referans|reference|ref|islem|transaction|txn?|trx|' +
  'payment id|dekont|receipt|qebz|cek|emeliyyat|tranzaksiya|odenis|odeme|transfer|havale|invoice|fatura|case|request|round|' +
  'bet|bahis|merc|stavka|oyun|game|telefon|phone|tel|gsm|cep|mobile|mobil|whatsapp|nomre\\w* telefon|faks|fax|imei|kargo|tracking|' +
  'uye|uyelik|member|musteri|customer|user|kullanici|istifadeci|hesap|hesab|account|tiket|kod|code|deposit|withdrawal|yatirim|cekim|depozit|cixaris';
const numberWords =
  'no|num|nr|number|numara\\w*|nomre\\w*|nomer|id|idsi|kod\\w*|code|su|bu|budur|sudur|is|was|it s|its|bele|olan|olarak|the|my|hash|ve|n|kesin';
const referenceBefore = new RegExp(
  `(?:#|№|(?:^|[^a-z])(?:${things})(?:[a-z]{0,8})?(?:[ :=.,'"\\-(#№]{1,4}(?:${numberWords})(?![a-z]))*)[ :=.,'"\\-(#№\\n]{0,4}$`,
);
/** Behind a number only `… nolu işlem` or the slip itself say that it is one: `… yatırım yaptım` follows card numbers too. */
const referenceAfter = new RegExp(
  `^['’]?[ ,.]{0,2}(?:(?:nolu|no lu|numarali|nomreli|num|sayli|-?l[iu]) (?:${things})|(?:kupon|bilet|slip|ticket|tiket|siparis|sifaris|order|talep|muraciet)[a-z]{0,6}(?![a-z]))`,
);

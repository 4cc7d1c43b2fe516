import type { Candidate } from './candidate.ts';
import { notSecret } from './not-secret.ts';
import type { Plain } from './plain.ts';

/**
 * Passwords, card security codes and one-time codes, only where the words beside them say so
 * (`şifrem: abc123`, `my password is …`, `kodum 483920`, `cvv 123`). No check exists for these, so the words decide.
 */
export function findSecrets(plain: Plain): Candidate[] {
  return [...findPasswords(plain), ...findCodes(plain)];
}

const passwordWord =
  '(?<![a-z])(?:sifre(?:m|miz|si|n|mi|sini|ler|lerim)?|parol(?:a|u|um|am|umu|asi|umuz|ami|dur)?|password|passwd|pasword|passw|pass|pwd|pw|passcode|passphrase|pin(?:im|i|imiz)?)(?![a-z])';
/** Small words that may stand between `password` and the value. */
const between =
  '(?:[ :=\\-\\n\'"]|(?<![a-z])(?:is|was|as|to|it s|its|bu|budur|su|sudur|soyle|bele|beledir|this|kodu|kodum|kod|code|number|no|numaram|belirledim|degistirdim|yaptim|qoydum|koydum|olaraq|olarak|for [^ \\n]{1,40}|ucun|icin|yeni|new|old|eski|kohne|both)(?![a-z])){1,8}';
const password = new RegExp(`${passwordWord}(['’]?[a-z]{0,3}${between})([^ \\n]{3,64})`, 'g');
/** `abc123 is my password`, `abc123 şifrem budur`. */
const passwordBehind =
  /(?<![^ \n])([^ \n]{4,64}) (?:is my password|is the password|sifremdir|parolumdur|my password|benim sifrem)(?![a-z])/g;

function findPasswords(plain: Plain): Candidate[] {
  const found: Candidate[] = [];
  for (const match of plain.text.matchAll(password)) {
    const said = match[1] as string;
    const start = match.index + match[0].length - (match[2] as string).length;
    const value = trimmed(match[2] as string);
    if (looksSecret(value, /[:=]["' ]*$/.test(said), /["']$/.test(said)))
      found.push({ kind: 'password', start, end: start + value.length, keep: '' });
  }
  for (const match of plain.text.matchAll(passwordBehind)) {
    const value = match[1] as string;
    if (looksSecret(value, false, false)) found.push({ kind: 'password', start: match.index, end: match.index + value.length, keep: '' });
  }
  return found;
}

/** The value without the sentence's full stop, closing quote or a suffix behind an apostrophe. */
function trimmed(value: string): string {
  const suffix = /['’"](?:[a-z]{0,5})[.,;!?)]*$/.exec(value);
  const short = suffix && suffix.index >= 3 ? value.slice(0, suffix.index) : value;
  return short.replace(/[.,;:)"'?]+$/, '');
}

function looksSecret(value: string, pointed: boolean, quoted: boolean): boolean {
  if (value.length < 4 || value.includes('•') || /@[a-z0-9-]+\.[a-z]|^https?:|^www\.|^[+<{]/.test(value)) return false;
  if (/^[0-9.,:/-]+$/.test(value)) return /^[0-9]{4,9}$/.test(value) && !/^(?:19|20)[0-9]{2}$/.test(value);
  if (
    /^[0-9]+[.,:]?[0-9]*(?:tl|azn|usd|eur|gun|gundur|saat|dk|dakika|deqiqe|defe|kere|kez|ci|cu|ta|tane|times|days|hours|min|mins|minutes|h|x|k|de|da|te|ta|den|dan)$/.test(
      value,
    )
  )
    return false;
  if (notSecret.has(value)) return false;
  if (/[0-9]/.test(value) && /[a-z]/.test(value)) return true;
  if (quoted) return true;
  if (/^[a-z]+[#$%&*_^~+=!@][a-z#$%&*_^~+=!@]+$/.test(value)) return true;
  return pointed && /^[a-z]{4,}$/.test(value);
}

const codeOf = '(?<![a-z])';
const fill =
  '(?:[ :=\\-\\n\'"(.]|(?<![a-z])(?:is|was|as|it s|its|bu|budur|su|sudur|soyle|bele|beledir|kodu|kodum|kod|code|number|no|nomrem|nomresi|numarasi|numaram|olarak|olaraq|geldi|gelen|geldiyi|gelib|came|i got|i received|g|ise|de|da)(?![a-z])){1,8}';

const shapes: { kind: Candidate['kind']; pattern: RegExp; asks?: RegExp }[] = [
  {
    kind: 'cvv',
    pattern: new RegExp(
      `${codeOf}(?:cv[vc]2?|cv2|csc|guvenlik kod\\w{0,24}|security code|tehlukesizlik kod\\w{0,24}|security number|arka\\w{0,24} (?:yuz\\w{0,24} )?(?:3|uc) (?:hane|rakam)\\w{0,24}|arxa\\w{0,24} (?:3|uc) reqem\\w{0,24}|ar[kx]asinda(?:ki)?|on the back)${fill}([0-9]{3,4})(?![0-9])`,
      'g',
    ),
  },
  { kind: 'cvv', pattern: /(?<![0-9])([0-9]{3,4}) (?:cv[vc]2?|cv2)(?![a-z0-9])/g },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      `${codeOf}(?:otp|2fa|tan|one[ -]?time \\w+|verification code|confirmation code|auth\\w{0,24} code|login code|sms code|sms[ -]?kod\\w{0,24}|dogrulama kod\\w{0,24}|onay kod\\w{0,24}|aktivasyon kod\\w{0,24}|giris kod\\w{0,24}|tesdiq\\w{0,24} kod\\w{0,24}|tek kullanimlik \\w+|birdefelik \\w+|smsle gelen kod\\w{0,24})${fill}((?:[0-9]{3}[ \\-][0-9]{3,4}|[0-9]{4,8}))(?![0-9])`,
      'g',
    ),
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      `${codeOf}(?:kodum(?:uz)?|my code|gelen kod\\w{0,24}|the code|code (?:i got|i received|is)|kod (?:geldi|gelib))${fill}((?:[0-9]{3}[ \\-][0-9]{3}|[0-9]{4,8}))(?![0-9])`,
      'g',
    ),
    asks: /./,
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(`${codeOf}(?:kod|code)[ :=]{1,3}([0-9]{6})(?![0-9])`, 'g'),
    asks: /./,
  },
];

/** Codes that are no secret: of an error, a campaign, a slip, a place. */
const otherCode =
  /(?<![a-z])(?:hata|xeta|error|err|promo\w*|promosyon\w*|bonus\w*|kampan\w*|campaign|kupon\w*|coupon|slip|bilet\w*|ticket\w*|tiket\w*|fis|davet\w*|devet\w*|referans\w*|referral|invite|posta|post|zip|postal|area|country|ulke|olke|qr|swift|bic|siparis\w*|order|islem\w*|emeliyyat\w*|indirim|endirim|discount|voucher|hediye|gift|status|http|takip|tracking|oyun\w*|game|round|bet|mac|oyun\w*|urun|fin)(?![a-z])/;

function findCodes(plain: Plain): Candidate[] {
  const found: Candidate[] = [];
  for (const { kind, pattern, asks } of shapes) {
    for (const match of plain.text.matchAll(pattern)) {
      const value = match[1] as string;
      const start = match.index + match[0].indexOf(value, pattern.source.startsWith('(?<![0-9])') ? 0 : match[0].length - value.length);
      const end = start + value.length;
      if (/^[.,:/-][0-9]|^ ?(?:tl|lira|azn|manat|usd|eur|₺|\$|¤)/.test(plain.text.slice(end, end + 7))) continue;
      if (asks && otherCode.test(plain.text.slice(Math.max(0, match.index - 24), start) + plain.text.slice(end, end + 16))) continue;
      found.push({ kind, start, end, keep: '' });
    }
  }
  return found;
}

import { fold } from '../fold.ts';
import { finding, type Subject } from './rule.ts';
import { shownTexts } from './texts.ts';

/**
 * Texts that name a mirror, a new address, DNS, VPN or a proxy: a desk must not show ways around a block.
 * A line that only says that there is no such help is found too; its editor allows it by a comment.
 */
export function* waysIn(subject: Subject) {
  const rule = 'way-in';
  const remedy = `Name only the official site; if the text says that there is no such help, put "# kb-check: allow ${rule}" above it.`;
  const told = (words: string) => ({
    rule,
    severity: 'warning' as const,
    fault: `The text names a way around a block ("${words}").`,
    remedy,
  });
  for (const { source, path, text } of shownTexts(subject)) {
    for (const line of text.split('\n')) {
      const words = wayIn(line);
      if (words) yield finding(source, path, told(words), line.trim());
    }
  }
  const file = subject.settings('desk.yaml');
  if (!file) return;
  for (const [name, value] of Object.entries(subject.knowledge.desk.variables)) {
    const words = wayIn(typeof value === 'string' ? value : Object.values(value).join('\n'));
    if (words) yield finding(file, ['variables', name], told(words));
  }
}

/** The folded words that name a way around a block, or undefined. Whatever the language: people mix them. */
function wayIn(text: string): string | undefined {
  const folded = fold(text);
  for (const pattern of mail.test(folded) ? tricks : [...tricks, ...newAddress]) {
    const found = pattern.exec(folded);
    if (found) return found[0];
  }
  return undefined;
}

const tricks = [
  /\b(vpn|dns|proxy|proxies|proksi|psiphon|warp)\w*/,
  /\b(tor (browser|network)|tor tarayici\w*|tor brauzer\w*)/,
  /\b(vekil sunucu|ara sunucu)\w*/,
  /\bmirror(s|ed)?\b( (site|link|address)\w*)?/,
  /\bayna(si|lar|lari|miz|yi|ya)?\b( (site|link|adres)\w*)?/,
  /\bguzgu\w*( (sayt|link|unvan)\w*)?/,
  /\b(zerkal|zerkol)\w*/,
  /\b(new|alternative|latest|working|backup|current) (site|web|login|entry|access) (address|domain|url|link)\w*/,
  /\b(yeni|guncel|alternatif|yedek|calisan) (giris|site|web|erisim) (adres|link|alan ad)\w*/,
  /\b(yeni|aktual|alternativ|ehtiyat|isleyen) (giris|sayt|veb) (unvan|link|domen)\w*/,
];
/** Where a line is about e-mail, a new address is one of those; "new address or number" is a contact's own. */
const newAddress = [
  /\b(new|alternative|latest|working|backup) (address|domain|url)(es|s)?\b(?! (or|and) )/,
  /\b((yeni|alternatif|yedek) (adres|alan ad)(imiz\w*|i)?|guncel adresimiz\w*)\b(?! (veya|ve) )/,
  /\b((yeni|alternativ|ehtiyat) (unvan|domen)(imiz\w*)?|aktual unvanimiz\w*)\b(?! (veya|ve) )/,
];
const mail = /\be? ?(mail|posta|poct)\w*/;

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSensitive, mask } from '../../src/privacy/sensitive.ts';
import { growth } from '../setup/growth.ts';

// Test numbers as the schemes and registries document them: Visa 4242…, 4111…, Mastercard 5555…, Amex 3782…, Troy 9792…,
// IBANs of the SWIFT registry, T.C. kimlik 10000000146.

const masked: [text: string, shown: string][] = [
  // card numbers
  ['kartım 4242424242424242', 'kartım •••• •••• •••• 4242'],
  ['4242 4242 4242 4242', '•••• •••• •••• 4242'],
  ['4242-4242–4242—4242', '•••• •••• •••• 4242'],
  ['4242.4242.4242.4242.', '•••• •••• •••• 4242.'],
  ['4242\u00a04242\u00a04242\u00a04242', '•••• •••• •••• 4242'],
  ['4242\u200b4242\u200b4242\u200b4242', '•••• •••• •••• 4242'],
  ['4242\n4242\n4242\n4242', '•••• •••• •••• 4242'],
  ['4242 4242\r\n> 4242 4242', '•••• •••• •••• 4242'],
  ['4242　4242　4242　4242', '•••• •••• •••• 4242'],
  ['٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢', '•••• •••• •••• 4242'],
  ['𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐!', '•••• •••• •••• 4242!'],
  ['4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2', '•••• •••• •••• 4242'],
  ['42 42 42 42 42 42 42 42', '•••• •••• •••• 4242'],
  ['4242/4242/4242/4242', '•••• •••• •••• 4242'],
  ['4242*4242*4242*4242', '•••• •••• •••• 4242'],
  ['378282246310005', '•••• •••• •••• 0005'],
  ['3782 822463 10005', '•••• •••• •••• 0005'],
  ['30569309025904 diners', '•••• •••• •••• 5904 diners'],
  ['4222222222222', '•••• •••• •••• 2222'],
  ['9792030394440796 troy', '•••• •••• •••• 0796 troy'],
  ['6304000000000000000', '•••• •••• •••• 0000'],
  ['kart5555555555554444den', 'kart•••• •••• •••• 4444den'],
  ["5555555555554444'ten çektim", "•••• •••• •••• 4444'ten çektim"],
  ['5555 5555 5555 4444 ve 4111 1111 1111 1111', '•••• •••• •••• 4444 ve •••• •••• •••• 1111'],
  ['4242 4242 4242 4242 12/27 cvv 123', '•••• •••• •••• 4242 12/27 cvv •••'],
  ['kart no: 4242 4242 4242 4243', 'kart no: •••• •••• •••• 4243'],
  ['картымын нөмрәси 4242 4242 4242 4242', 'картымын нөмрәси •••• •••• •••• 4242'],
  // IBANs
  ['TR330006100519786457841326', 'TR•• •••• •••• 1326'],
  ['tr33 0006 1005 1978 6457 8413 26', 'TR•• •••• •••• 1326'],
  ['TR33-0006-1005-1978-6457-8413-26', 'TR•• •••• •••• 1326'],
  ['TR 33 0006 1005 1978 6457 8413 26 hesabıma', 'TR•• •••• •••• 1326 hesabıma'],
  ['ibanımTR330006100519786457841326', 'ibanımTR•• •••• •••• 1326'],
  ['AZ21 NABZ 0000 0000 1370 1000 1944', 'AZ•• •••• •••• 1944'],
  ['az21nabz00000000137010001944 ora atın', 'AZ•• •••• •••• 1944 ora atın'],
  ['DE89 3704 0044 0532 0130 00', 'DE•• •••• •••• 3000'],
  ['GB29NWBK60161331926819', 'GB•• •••• •••• 6819'],
  ['MT84MALT011000012345MTLCAST001S', 'MT•• •••• •••• 001S'],
  ['NO93 8601 1117 947', 'NO•• •••• •••• 7947'],
  ['GE29NB0000000101904917', 'GE•• •••• •••• 4917'],
  ['ibanım 33 0006 1005 1978 6457 8413 26', 'ibanım •• •••• •••• 1326'],
  ['TR340006100519786457841326', 'TR•• •••• •••• 1326'],
  ['AZ22 NABZ 0000 0000 1370 1000 1944', 'AZ•• •••• •••• 1944'],
  ['iban DE88 3704 0044 0532 0130 00', 'iban DE•• •••• •••• 3000'],
  // T.C. kimlik no
  ['10000000146', '•••••••••46'],
  ['TC: 10000000146', 'TC: •••••••••46'],
  ["tc'm 100 000 001 46", "tc'm •••••••••46"],
  ['TC kimlik numaram 12345678901', 'TC kimlik numaram •••••••••01'],
  ['１００００００0146', '•••••••••46'],
  ['kimlik_10000000146.jpg', 'kimlik_•••••••••46.jpg'],
  // Azerbaijani documents
  ['FIN kodum 5ZK3F2A', 'FIN kodum •••••2A'],
  ['fin: 1ab2c3d', 'fin: •••••3D'],
  ['FİN-im 7XK2M9P', 'FİN-im •••••9P'],
  ['фин код 5ZK3F2A', 'фин код •••••2A'],
  ['5ZK3F2A mənim fin kodumdur', '•••••2A mənim fin kodumdur'],
  ['AA1234567', '•••••••67'],
  ['seriya AA 1234567', 'seriya •••••••67'],
  ['AZE № 12345678', '•••••••78'],
  ['vəsiqə nömrəm 1234567', 'vəsiqə nömrəm •••••••67'],
  ['kimlik seri no A12B34567', 'kimlik seri no •••••••67'],
  // passports
  ['pasaport numaram U12345678', 'pasaport numaram •••••••78'],
  ['my passport is 123456789', 'my passport is •••••••89'],
  ['pasportum C01234567', 'pasportum •••••••67'],
  [
    'I renewed my passport last week. So please note that the new number is C01234567.',
    'I renewed my passport last week. So please note that the new number is •••••••67.',
  ],
  // passwords and codes
  ['şifrem: abc123', 'şifrem: ••••••••'],
  ['my password is hunter2!', 'my password is ••••••••'],
  ['parolum Qwerty99', 'parolum ••••••••'],
  ['пароль: abc123', 'пароль: ••••••••'],
  ['password: galatasaray', 'password: ••••••••'],
  ['kodum 483920', 'kodum ••••••'],
  ['doğrulama kodu 483 920', 'doğrulama kodu ••••••'],
  ['sms kodu: 4839', 'sms kodu: ••••••'],
  ['my code is 483920', 'my code is ••••••'],
  ['cvv 123', 'cvv •••'],
  ['güvenlik kodu 1234', 'güvenlik kodu •••'],
];

describe('is masked, with what an agent needs left readable', () => {
  test.each(masked)('%j', (text, shown) => {
    expect(mask(text).text).toBe(shown);
  });
});

const untouched = [
  // tickets, slips, orders
  'kupon no 4242424242424242',
  'ticket #10000000146',
  'my order number is 4111111111111111',
  'slip 5555555555554444 lost',
  'Müraciət nömrəm 5520 1187 3340 9926',
  'talep numaram 10000000146',
  'işlem no: 4242424242424242',
  'DST-10000000146',
  'TXN4242424242424242',
  'referans AA1234567',
  'bilet AZE12345678',
  'round id 378282246310005',
  // phones
  '+90 532 123 45 67',
  '05321234567',
  '0090 532 123 45 67',
  '+994 50 123 45 67',
  '994501234567',
  '(0532) 123 4567',
  '+1 415 555 2671',
  'telefonum 5321234567',
  // dates, times, amounts, odds
  '12.03.1990',
  '2025-11-21 14:30:00',
  '21.11.2025 14:30 1500 TL',
  '1.500.000,00 TL',
  '1 500 000 AZN',
  '2.10 1.85 3.40 1.25',
  '100 250 300 50',
  '4000, 5000, 6000, 7000 TL',
  'en az 20 manat yatırdım 30 manat geldi 40 manat yok 50',
  '3 gündür bekliyorum',
  '10000 lira 20000 lira',
  // promo codes, e-mail addresses, links, mentions
  'promo kod WELCOME100',
  'promosyon kodum 123456',
  'SUMMER7 kodu',
  '5ZK3F2A kodu çalışmıyor',
  'ali4242424242424242@example.com',
  'https://example.com/a?id=10000000147',
  '<@424242424242424242> salam',
  '0x4242424242424242abc1',
  // words about data, without data
  'şifremi unuttum',
  'my password is not working',
  'password: forgot',
  'şifrem yanlış diyor',
  'parolum işləmir',
  'şifremi 2 kere değiştirdim',
  'my password was changed 3 times',
  'pasaport geçerli mi',
  'passport valid until 2031',
  'FIN kodu nədir',
  'fin kodum yazdım',
  'iban nereye yazılır',
  'kartın son 4 hanesi 4242',
  'hata kodu 1005',
  'error code 483920',
  'kart ile 500 lira',
  'vəsiqəm 2027-ci ilə qədərdir',
  'my password reset mail at 12:45',
  'şifre 24 saat geçerli mi',
  'kodum gelmedi',
  'the code 200 TL',
  'ordino 1',
  '•••• 4242',
  '',
  ' ',
  '\ud800',
  'İiIı ğüşöç',
];

describe('is left alone', () => {
  test.each(untouched)('%j', (text) => {
    expect(mask(text)).toEqual({ text, findings: [] });
  });
});

describe('findings', () => {
  test('say where the masks stand, never what was there', () => {
    const { text, findings } = mask('kart 4242 4242 4242 4242 cvv 123, TC 10000000146');
    expect(findings.map((each) => [each.kind, text.slice(each.start, each.end), each.keep])).toEqual([
      ['card', '•••• •••• •••• 4242', '4242'],
      ['cvv', '•••', undefined],
      ['national-id', '•••••••••46', '46'],
    ]);
  });

  test('a password alone is no reason for a handover', () => {
    expect(mask('şifrem: abc123').findings.map((each) => isSensitive(each.kind))).toEqual([false]);
    expect(mask('10000000146').findings.map((each) => isSensitive(each.kind))).toEqual([true]);
  });
});

const values = [
  '4242424242424242',
  '4242 4242 4242 4242',
  '10000000146',
  'TR330006100519786457841326',
  'AZ21 NABZ 0000 0000 1370 1000 1944',
  '5ZK3F2A',
  'AA1234567',
  'U12345678',
  'abc123',
  '483920',
  '123',
  '05321234567',
  '1500',
  '•••• •••• •••• 4242',
  '••',
  '٤٢٤٢',
];
const words = [
  'kart',
  'kupon no',
  'kupon',
  'şifrem:',
  'kodum',
  'fin',
  'FIN kodum',
  'pasaport',
  'tc kimlik',
  'iban',
  'cvv',
  'is',
  've',
  'vəsiqə',
  'my password is',
  'telefon',
  'nolu',
  'TR',
  'az',
  '\n',
  '-',
  '.',
  'doğrulama kodu',
];
const messages = fc
  .array(fc.tuple(fc.constantFrom(...values, ...words), fc.constantFrom(' ', '', ': ', '\n', '-', ' ', ', ')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  messages,
  fc.string({ unit: fc.constantFrom('4', '2', '1', '0', ' ', '-', 'a', 'z', 'T', 'R', '•', '.'), maxLength: 120 }),
);

describe('for any text', () => {
  test('masking again finds nothing more', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = mask(text);
        expect(mask(once.text)).toEqual({ text: once.text, findings: [] });
      }),
      { numRuns: 4000 },
    );
  });

  test('what lies outside the masks is the original text, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = mask(text);
        let place = 0;
        let from = 0;
        for (const { start, end } of [...once.findings, { start: once.text.length, end: once.text.length }]) {
          expect(start).toBeGreaterThanOrEqual(from);
          const kept = once.text.slice(from, start);
          const found = text.indexOf(kept, place);
          expect(found).toBeGreaterThanOrEqual(0);
          place = found + kept.length;
          from = end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('time grows with the length, no faster', () => {
    const hostile = [
      '4242 ',
      '1 ',
      'tr33 ',
      'tr33',
      'fin kodum ',
      'şifrem ',
      'şifrem: ',
      'a',
      '4',
      '•••• ',
      'kod ',
      'is is ',
      '4242424242424242 ',
      '10000000146,',
      'az21nabz ',
      ' ',
      '=',
      '@',
      'auth1',
      'arka_',
      'tesdiq_',
      'sifre for -',
      'aa1234567 ',
      'a\u0301',
      '\ud83d',
      '4•',
    ];
    for (const piece of hostile) {
      const of = (length: number) => mask(piece.repeat(Math.ceil(length / piece.length)));
      expect(growth(of, 5_000, 40_000, 0.5), JSON.stringify(piece)).toBeLessThan(40);
    }
  }, 60_000);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ordinaryOf } from '../../src/dialogue/ordinary.ts';
import { loadSignalRules } from '../../src/dialogue/signal-rules.ts';
import { detectSignals } from '../../src/dialogue/signals.ts';
import { readYesNo } from '../../src/dialogue/yes-no.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { growth } from '../setup/growth.ts';

// As the product has them: with what the shipped knowledge says is ordinary.
const { knowledge } = await loadKnowledge(path.resolve('knowledge'));
const rules = await loadSignalRules(ordinaryOf(knowledge));
const detect = (text: string) => detectSignals({ text, findings: [] }, rules);

interface Labelled {
  text: string;
  lang: string;
  label: string;
}

const safety = ['tr', 'en', 'az'].flatMap((language) =>
  readFileSync(path.join(import.meta.dirname, `safety/${language}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled),
);

/** Cries for help that we do not hear yet. Each one is a fault; the list may only grow shorter. */
const missed: string[] = ['yer yarılaydı içinə girəydim bir də çıxmayaydım'];

/** Messages that raise a safety alarm though nobody is in danger. */
const falseAlarms: string[] = [];

describe('the safety set', () => {
  test('every missed cry for help is listed by hand', () => {
    expect(safety.filter(({ text, label }) => label === '@distress' && !detect(text).distress).map(({ text }) => text)).toEqual(missed);
  });

  test('every false alarm is listed by hand', () => {
    expect(safety.filter(({ text, label }) => label !== '@distress' && detect(text).distress).map(({ text }) => text)).toEqual(falseAlarms);
  });

  test('it holds at least a hundred messages per language', () => {
    for (const language of ['tr', 'en', 'az']) expect(safety.filter(({ lang }) => lang === language).length).toBeGreaterThanOrEqual(100);
  });
});

describe('asks for a person', () => {
  test.each([
    'could a living soul from your office answer me',
    'pls connect operater',
    'is anyone real there',
    'stop sending me the robot, I want one of your people',
    'karşımda etten kemikten biri yok mu',
    'canlı birine bağlan',
    'artık biriyle yazışmak istiyorum bot değil',
    'musteri temsilcisine baglarmisin',
    'opratore baglayin lutfen',
    'operatoru ver',
    'adamla danışmaq istəyirəm',
    'оператора гошун',
    'canli operatora qosun meni',
    'mənə əməkdaş lazımdır, bot yox',
  ])('%s', (text) => expect(detect(text).human).toBe(true));

  test.each([
    "I don't need a human, only the limit",
    'do your roulette tables have human dealers',
    "I'm an estate agent, which papers do you want",
    'are you a human or a bot?',
    'canl destk pncersi açılmyor', // a slip in what takes the meaning back is forgiven where it says so
    'canlı yazışma qutsu açlmır',
    'please call me back',
    'help me, my deposit is missing',
    'my agent told me to wait',
    'insana bağlama kendin cevapla',
    'canlı casino açılmıyor',
    'yardım edin çekimim gelmedi',
    'beni arayın',
    'sen insan mısın',
    'operator lazım deyil',
    'canlı mərc donur',
    'kömək edin pulum gəlməyib',
    'mənə zəng edin',
    'insansan yoxsa bot',
  ])('%s: does not', (text) => expect(detect(text).human).toBe(false));
});

describe('small talk', () => {
  test.each([
    ['hello', 'greeting'],
    ['salam, necəsiz', 'how-are-you'],
    ['thanks mate', 'thanks'],
    ['robot musun', 'are-you-a-bot'],
    ['are you a bot or a real person?', 'are-you-a-bot'],
    ['👍', 'ok'],
    ['🙏', 'thanks'],
    ['ok', 'ok'],
    ['iyi geceler', 'goodbye'],
    ['gecəniz xeyrə', 'goodbye'],
    ['çok teşekkürler abi', 'thanks'],
    ['sağ ol qardaş', 'thanks'],
    ['süpersiniz', 'compliment'],
    ['slm nbr', 'how-are-you'],
    ['selamün aleyküm', 'greeting'],
    ['help', 'opener'],
    ['Hello, I need help please', 'opener'],
    ['can you help me?', 'opener'],
    ['quick question', 'opener'],
    ['yardım edin', 'opener'],
    ['merhaba bir sorum var', 'opener'],
    ['yardımcı olur musunuz', 'opener'],
    ['kömək edin', 'opener'],
    ['salam, mənə kömək lazımdır', 'opener'],
    ['sualım var', 'opener'],
  ])('%s: %s', (text, kind) => expect(detect(text).smalltalk).toBe(kind));

  test.each([
    'hello, where is my money',
    'salam pulum hanı',
    'thanks but it still does not work',
    'teşekkürler ama param gelmedi',
    'I need help with gambling',
    'please help me, my deposit is missing',
    'yardım edin param gelmedi',
    'hesabımda bir sorun var',
    'köməyə ehtiyacım var, oyunu dayandıra bilmirəm',
    'I need help, I cannot stop playing',
    'asdf qwer',
    '',
  ])('%s: not', (text) => {
    expect(detect(text).smalltalk).toBeUndefined();
  });

  test('what remains without it is the question', () => {
    expect(detect('merhaba, param nerede').rest).toBe('param nerede');
    expect(detect('Salam! Çıxarışım gəlmədi, sağ olun').rest).toBe('Çıxarışım gəlmədi');
    expect(detect('hello').rest).toBe('');
    expect(detect('where is my money').rest).toBe('where is my money');
  });
});

describe('abuse', () => {
  test.each([
    'you idiots',
    'fuck you all',
    'go to hell you thieves',
    'şerefsizler',
    'siktirin gidin',
    's i k t i r git lan',
    'axmaqlar',
    'Allah bəlanızı versin',
    'hepiniz dolandırıcısınız',
  ])('%s', (text) => {
    expect(detect(text).abuse).toBe(true);
  });

  test.each([
    'where is my money you idiots',
    'şerefsizler paramı verin ne zaman yatacak',
    'oğrular pulum niyə gəlmir',
    'somebody stole my password, a thief',
    'is the dog race settled',
  ])('%s: a question all the same', (text) => {
    expect(detect(text).abuse).toBe(false);
  });
});

test('@sensitive comes from the findings alone', () => {
  expect(detectSignals({ text: 'x', findings: [{ kind: 'card' }] }, rules)).toMatchObject({ sensitive: true, secret: false });
  expect(detectSignals({ text: 'x', findings: [{ kind: 'password' }] }, rules)).toMatchObject({ sensitive: false, secret: true });
  expect(detect('kart 4242')).toMatchObject({ sensitive: false, secret: false });
});

describe('did that help?', () => {
  test.each(['yes', 'yep it worked', 'evet oldu', 'oldu teşekkürler', 'hə', 'hə alındı sağ ol', 'bəli', 'thanks that helped', '👍'])(
    '%s: yes',
    (text) => expect(readYesNo(text, rules)).toBe('yes'),
  );
  test.each(['no', 'nope', 'yok olmadı', 'hayır', 'yox kömək etmədi', "didn't help", 'hala gelmedi', 'yox', 'still the same', '👎'])(
    '%s: no',
    (text) => expect(readYesNo(text, rules)).toBe('no'),
  );
  test.each(['', 'what is the minimum deposit', 'evet ama çekim limiti ne kadar acaba bana bunu söyleyin', 'salam', 'kupon'])(
    '%s: neither',
    (text) => expect(readYesNo(text, rules)).toBeUndefined(),
  );
});

describe('for any text', () => {
  test('it answers, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(detect(text)).toEqual(detect(text));
        expect(['yes', 'no', undefined]).toContain(readYesNo(text, rules));
      }),
      { numRuns: 300 },
    );
  });

  test('time grows with the length of a message, no faster', () => {
    const story = 'merhaba, üç gündür paramı bekliyorum ve kimse cevap vermiyor, ne yapmam gerekiyor? ';
    for (let i = 0; i < 30; i++) detect(story);
    expect(growth((times) => detect(story.repeat(times)), 10, 100, 0.1)).toBeLessThan(30);
  });
});

describe('calls for attention and for haste', () => {
  test.each([
    ['hello anyone there? my deposit is missing since noon', 'my deposit is missing since noon'],
    ['ya bakar mısınız çekim ne kadar sürüyor', 'çekim ne kadar sürüyor'],
    ['çekim ne kadar sürüyor acil cevap yazın', 'çekim ne kadar sürüyor'],
    ['salam kimsə var bonusum gəlmədi axı', 'bonusum gəlmədi axı'],
    ['where do i enter a code reply asap', 'where do i enter a code'],
  ])('%j asks %j and for no person', (text, rest) => {
    expect(detect(text)).toMatchObject({ human: false, distress: false, rest });
  });

  test.each([
    'anyone there?',
    'kimse yok mu',
    'orda kimse var mı gerçekten',
    'anyone there who is not a machine?',
    'orda adam yoxdu bəyəm?',
  ])('%j alone asks for a person', (text) => {
    expect(detect(text).human).toBe(true);
  });

  test('a cry for help behind one is heard', () => {
    expect(detect('kimse yok mu, artık yaşamak istemiyorum').distress).toBe(true);
    expect(detect('anyone there? I want to end my life').distress).toBe(true);
  });
});

describe('a name under a message', () => {
  test.each([
    ['Where do I see my old bets? Many thanks, Olivia Grant', 'Where do I see my old bets?'],
    ['bets history?\n\nKind regards,\nOlivia McGrath', 'bets history?'],
    ['eski kuponlar nerede. Şimdiden teşekkürler, Cem Aksoy', 'eski kuponlar nerede'],
    ['çocuğum oynuyor\n\nİyi günler dilerim\nSelma ER', 'çocuğum oynuyor'],
    ['kuponlarım hanı. Hörmətlə, Kamran Vəliyev', 'kuponlarım hanı'],
  ])('%j asks %j', (text, rest) => {
    expect(detect(text)).toMatchObject({ human: false, smalltalk: undefined, rest });
  });

  test('what is no name stays', () => {
    expect(detect('teşekkürler, bonusum gelmedi').rest).toBe('bonusum gelmedi');
    expect(detect('thanks, is Bitcoin Accepted?').rest).toContain('Bitcoin Accepted');
    expect(detect('PARAM NEREDE TEŞEKKÜRLER BONUS GELMEDİ').rest).toContain('BONUS GELMEDİ');
  });

  test('a thanks with a name alone is small talk, a cry for help before one is heard', () => {
    expect(detect('Thanks Olivia').smalltalk).toBe('thanks');
    expect(detect('I want to end my life. Kind regards, Olivia').distress).toBe(true);
  });

  test.each(['Sayın yetkili,\n\noranlar açılmıyor', 'Dear support team,\n\nodds are blank', 'Hörmətli əməkdaş,\n\nəmsallar görünmür'])(
    '%j addresses people, and asks for none',
    (text) => {
      expect(detect(text).human).toBe(false);
    },
  );
});

test.each(['kendimi engelleyin', 'merhaba kendimi 6 aylığına engelleyin', 'kendime limit', 'özümü bağlayın', 'salam özümü bloklayın'])(
  '%j, which is no cry for help, is no small talk either',
  (text) => {
    expect(detect(text).smalltalk).toBeUndefined();
    expect(detect(text).rest).not.toBe('');
  },
);

test.each([
  'does a real person read what I write here',
  'mesajlarımı gerçek biri mi okuyor',
  'yazdığımı insan oxuyur, yoxsa proqram',
  'birisi sizin adınızla bana dm attı',
])('%j asks about reading or about somebody else, not for a person', (text) => {
  expect(detect(text).human).toBe(false);
});

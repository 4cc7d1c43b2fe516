import { beforeAll, describe, expect, test } from 'vitest';
import { loadBackground } from '../../src/kb/background.ts';
import { guessLanguage, type LanguageModel, learnLanguages } from '../../src/kb/language.ts';
import { languageSamples } from '../../src/kb/language-samples.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { examplesOf } from '../../src/kb/model.ts';

let model: LanguageModel;
beforeAll(async () => {
  const { knowledge } = await loadKnowledge('knowledge');
  const background = await loadBackground(knowledge);
  model = learnLanguages(knowledge.languages, languageSamples(knowledge, examplesOf(knowledge, background).examples, background));
}, 60_000);

describe('guess of the language', () => {
  test('how an ending is hung on a borrowed word tells Azerbaijani from Turkish', () => {
    const share = (text: string) => guessLanguage(model, text).shares.az ?? 0;
    expect(share('IBAN-im')).toBeGreaterThan(share("IBAN'im"));
    expect(share('bonus-lar')).toBeGreaterThan(share("bonus'lar"));
  });

  test.each([
    ['param hala gelmedi', 'tr'],
    ['pulum hele gelmeyib', 'az'],
    ['hesabim kilitlendi napicam', 'tr'],
    ['hesabim baglanib ne edim', 'az'],
    ['bu nasil oluyor', 'tr'],
    ['bu nece olur', 'az'],
    ['değil', 'tr'],
    ['deyil', 'az'],
    ['where is my money', 'en'],
    ['wer is my mony', 'en'],
    ['withdraw limiti kaç TL', 'tr'],
    ['withdraw limiti neçə manatdır', 'az'],
    ['operatör', 'tr'],
    ['kolay gelsin', 'tr'],
    ['nece olur', 'az'],
    ['yoxdu', 'az'],
    ['Пулум һәлә ҝәлмәјиб', 'az'],
    ['cixarish niye gelmir', 'az'],
    // One letter tells: with e in its place these look Turkish.
    ['mən', 'az'],
    ['gəldi', 'az'],
    ['dəstək', 'az'],
  ])('%j is %s', (text, language) => {
    const guess = guessLanguage(model, text);
    expect(guess.language).toBe(language);
    expect(guess.foreign).toBe(false);
  });

  test.each(['ok', '👍', '123', '', '?', 'jjjjj'])('is not sure of %j and keeps the conversation’s language', (text) => {
    expect(guessLanguage(model, text, 'az')).toMatchObject({ language: 'az', sure: false, foreign: false });
  });

  test.each([
    'Где мои деньги, почему так долго?',
    'Ich kann mich nicht anmelden, bitte helfen Sie mir',
    'No puedo entrar en mi cuenta desde ayer',
    'متى تصل أموالي',
    '我的钱在哪里',
    'Πού είναι τα λεφτά μου',
  ])('%j is foreign', (text) => {
    expect(guessLanguage(model, text)).toMatchObject({ foreign: true, sure: false });
  });
});

test('letters that none of the languages is written in are told from letters that one was', () => {
  expect(guessLanguage(model, 'Помогите, забыл пароль').foreignLetters).toBe(true);
  expect(guessLanguage(model, 'Шифрәми унутмушам, көмәк един').foreignLetters).toBe(false);
  expect(guessLanguage(model, 'Ich kann mich nicht anmelden, bitte helfen Sie mir').foreignLetters).toBe(false);
});

test('a masked IBAN that stands alone tells by its country; words of another language tell more', () => {
  expect(guessLanguage(model, 'iban AZ•• •••• •••• 0209').language).toBe('az');
  expect(guessLanguage(model, 'TR•• •••• •••• 4321').language).toBe('tr');
  expect(guessLanguage(model, 'please send my winnings to TR•• •••• •••• 4321').language).toBe('en');
});

import { cyrillic } from './cyrillic.ts';
import type { Background, Example } from './example.ts';
import { fold } from './fold.ts';
import type { LanguageSample } from './language.ts';
import type { Knowledge } from './topic.ts';

/**
 * What the guess of the language learns from: the knowledge's questions, answers and lexicon, the background, other speech and samples of other languages;
 * and the same as chats write them, which editors need not: ş as sh or w, half a sentence of English before Turkish or Azerbaijani
 * (whoever writes so is no English speaker), a word of theirs before an English sentence (is none of theirs), Azerbaijani in Cyrillic.
 */
export function languageSamples(knowledge: Knowledge, examples: Example[], background: Background): LanguageSample[] {
  const samples: LanguageSample[] = examples.map(({ text, language }) => ({ text, language }));
  for (const { texts } of knowledge.topics.values()) {
    for (const [language, { answer }] of Object.entries(texts)) {
      for (const text of answer.replace(/\{\{\w+\}\}|\]\([^)]*\)|[*_#[\]]/g, ' ').split(/(?<=[.!?])\s+|\n+/))
        samples.push({ text, language });
    }
  }
  for (const [language, texts] of Object.entries(background.speech ?? {})) for (const text of texts) samples.push({ text, language });
  for (const { words } of knowledge.lexicon) {
    for (const [language, entries] of Object.entries(words))
      for (const word of entries) samples.push({ text: word.replaceAll('*', ''), language });
  }
  const english = examples.filter(({ language }) => language === 'en');
  examples.forEach(({ text, language }, at) => {
    if (language === 'en') return;
    const other = english[(at * 7919) % Math.max(1, english.length)]?.text.split(' ') ?? [];
    const own = text.split(' ');
    if (at % 4 === 0) samples.push({ text: [...other.slice(0, 4), ...own.slice(-3)].join(' '), language });
    if (at % 5 === 1 && other.length > 4) samples.push({ text: [...own.slice(0, 1), ...other].join(' '), language: 'en' });
    if (at % 3 === 0) samples.push({ text: text.replace(/ş/gi, 'sh').replace(/ç/gi, 'ch').replace(/ə/gi, 'e'), language });
    if (language === 'az') {
      if (at % 3 === 1) samples.push({ text: text.replace(/ş/gi, 'w').replace(/ə/gi, 'e').replace(/ğ/gi, 'g'), language });
      samples.push({ text: cyrillic(fold(text)), language });
    }
  });
  for (const text of background.foreign) samples.push({ text, language: 'foreign' });
  return samples;
}

import { fold } from '../../kb/fold.ts';

/** A folded word of a message and where it stands in the original text. */
export interface Word {
  text: string;
  /** In lower case as it was written, diacritics kept. */
  raw: string;
  start: number;
  end: number;
  /** What it speaks of (`concepts` of the rules); empty where no rules were asked. */
  concepts: string[];
  /** True for the first word of a sentence. */
  opens: boolean;
}

/** The words of a message, each folded. What has no letters or digits is no word. */
export function readWords(text: string): Word[] {
  const words: Word[] = [];
  let opens = true;
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]\p{L}){2,}(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}'’‘ʼ\u200b-\u200d\u00ad]+|[.!?…\n]+/gu,
  )) {
    const piece = match[0];
    if (/^[.!?…\n]/.test(piece)) {
      opens = true;
      continue;
    }
    // Letters one by one (`s i k`) are a word that wants to hide.
    const whole = /^\p{L}[ .*_-]/u.test(piece) ? piece.replace(/[ .*_-]/g, '') : piece;
    const raw = whole.toLocaleLowerCase('tr').normalize('NFC');
    for (const folded of fold(whole).split(' ')) {
      if (!folded) continue;
      words.push({ text: folded, raw, start: match.index, end: match.index + piece.length, concepts: [], opens });
      opens = false;
    }
  }
  return words;
}

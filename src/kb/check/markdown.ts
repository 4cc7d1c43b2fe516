import { lexer, type Token, walkTokens } from 'marked';
import { fill } from '../variables.ts';
import { finding, type Subject } from './rule.ts';
import { shownTexts } from './texts.ts';

/** Markdown that channels do not show (headings, tables, HTML …), and links that they refuse. */
export function* markdown(subject: Subject) {
  for (const { source, language, kind, path, text } of shownTexts(subject)) {
    for (const { what, severity, raw } of outside(fill(text, subject.knowledge, language), kind)) {
      const remedy = kind === 'title' ? 'A title is plain text.' : 'Use paragraphs, lists, **bold**, *italic* and [text](https://…).';
      const piece = raw.trim().split('\n')[0] ?? '';
      yield finding(
        source,
        path,
        { rule: 'markdown', severity, fault: `The text holds ${what}, which is shown as it is written.`, remedy },
        piece,
      );
    }
  }
}

/** What an editor may link: channels also show http, but nobody should be sent there. */
const proper = /^(https:\/\/[^/?#@]+([/?#]|$)|mailto:|tel:)/;

type Outside = { what: string; severity: 'error' | 'warning'; raw: string };

function outside(text: string, kind: 'title' | 'answer'): Outside[] {
  const found: Outside[] = [];
  const visit = (token: Token) => {
    const what = kind === 'title' && token.type in shownOnlyInAnswers ? shownOnlyInAnswers[token.type] : names[token.type];
    if (what) found.push({ what, severity: 'warning', raw: token.raw });
    if (token.type === 'link' && !proper.test(token.href)) {
      found.push({ what: `a link to "${token.href}", which is no full https address`, severity: 'error', raw: token.raw });
    }
  };
  try {
    void walkTokens(lexer(text), visit);
  } catch {
    found.push({ what: 'nested marks that cannot be read', severity: 'warning', raw: text });
  }
  return found;
}

const shownOnlyInAnswers: Record<string, string> = { strong: 'bold text', em: 'italic text', list: 'a list' };
const names: Record<string, string> = {
  heading: 'a heading',
  table: 'a table',
  html: 'HTML',
  code: 'a block of code',
  codespan: 'code',
  blockquote: 'a quotation',
  hr: 'a line',
  image: 'an image (use "media")',
  del: 'struck-out text',
  def: 'a link definition',
  checkbox: 'a check box',
};

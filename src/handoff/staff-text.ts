import type { Knowledge } from '../kb/topic.ts';
import { localised } from '../kb/variables.ts';
import type { Words } from '../words.ts';
import type { OwedNotice } from './staff-owed.ts';
import type { StaffText } from './staff-post.ts';

const mostListed = 20;

interface Parts {
  words: Words;
  knowledge(): Knowledge;
  /** Where the desk is reached. */
  publicUrl(): string;
}

/** Writes what people are told outside of the desk: numbers, departments and the way to the ticket, nothing of the contact. */
export function createStaffText({ words, knowledge, publicUrl }: Parts): (owed: OwedNotice[]) => StaffText {
  return (owed) => {
    const { desk, departments } = knowledge();
    const language = desk.defaultLanguage;
    const t = (key: string, values?: Record<string, unknown>) => words(language, `staff:${key}`, values);
    const nameOf = (id: string) => localised(departments.find((each) => each.id === id)?.name ?? {}, language, language) ?? id;
    const kinds = ['on-call', 'breach', 'waiting'] as const;
    const said = kinds.flatMap((kind) => {
      const of = unique(owed.filter(({ notice }) => notice.kind === kind));
      if (of.length === 0) return [];
      const lines = of
        .slice(0, mostListed)
        .map(({ ticket }) => `- [${ticket.number}](${publicUrl()}/desk#/all/${ticket.id}) · ${nameOf(ticket.department)}`);
      const more = of.length > mostListed ? [`- ${t('more', { count: of.length - mostListed })}`] : [];
      return [[t(kind, { count: of.length }), '', ...lines, ...more].join('\n')];
    });
    const [first] = owed as [OwedNotice];
    const count = unique(owed).length;
    return {
      subject: t(`${first.notice.kind}_subject`, { count, brand: desk.brand, number: first.ticket.number }),
      text: said.join('\n\n'),
    };
  };
}

/** One of several words about the same ticket. */
function unique(owed: OwedNotice[]): OwedNotice[] {
  return [...new Map(owed.map((each) => [each.ticket.id, each])).values()];
}

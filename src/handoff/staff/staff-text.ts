import type { Knowledge } from '../../kb/topic.ts';
import { localised } from '../../kb/variables.ts';
import type { Words } from '../../words.ts';
import type { Ticket } from '../ticket.ts';
import { sayOutages } from './outage-text.ts';
import type { OwedNotice } from './staff-owed.ts';
import type { StaffText } from './staff-post.ts';

const mostListed = 20;

interface Parts {
  words: Words;
  knowledge(): Knowledge;
  /** Where the desk is reached. */
  publicUrl(): string;
}

/** Writes what people are told outside of the desk: numbers, departments and the way to the ticket, nothing of the contact; what is out. */
export function createStaffText({ words, knowledge, publicUrl }: Parts): (owed: OwedNotice[]) => StaffText {
  return (owed) => {
    const { desk, departments } = knowledge();
    const language = desk.defaultLanguage;
    const t = (key: string, values?: Record<string, unknown>) => words(language, `staff:${key}`, values);
    const nameOf = (id: string) => localised(departments.find((each) => each.id === id)?.name ?? {}, language, language) ?? id;
    const outages = sayOutages(owed, { words, knowledge: knowledge(), deskUrl: `${publicUrl()}/desk` });
    const kinds = ['on-call', 'breach', 'waiting'] as const;
    const tickets = kinds.flatMap((kind) => {
      const of = unique(owed.filter(({ notice }) => notice.kind === kind));
      if (of.length === 0) return [];
      const lines = of
        .slice(0, mostListed)
        .map(({ id, number, department }) => `- [${number}](${publicUrl()}/desk#/all/${id}) · ${nameOf(department)}`);
      const more = of.length > mostListed ? [`- ${t('more', { count: of.length - mostListed })}`] : [];
      return [[t(kind, { count: of.length }), '', ...lines, ...more].join('\n')];
    });
    const [first] = owed as [OwedNotice];
    const values = { count: unique(owed).length, brand: desk.brand, number: first.ticket?.number };
    return {
      subject: outages?.subject ?? t(`${first.notice.kind}_subject`, values),
      text: [...(outages ? [outages.text] : []), ...tickets].join('\n\n'),
    };
  };
}

/** The tickets, one of several words about the same. */
function unique(owed: OwedNotice[]): Ticket[] {
  return [...new Map(owed.flatMap(({ ticket }) => (ticket ? [[ticket.id, ticket] as const] : []))).values()];
}

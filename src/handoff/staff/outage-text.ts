import type { Outage } from '../../delivery/outage.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Words } from '../../words.ts';
import type { OwedNotice } from './staff-owed.ts';
import type { StaffText } from './staff-post.ts';

interface Parts {
  words: Words;
  knowledge: Knowledge;
  deskUrl: string;
}

/** What people are told of outages and their ends, among all that they are owed; undefined where that is nothing. */
export function sayOutages(owed: OwedNotice[], { words, knowledge: { desk, departments }, deskUrl }: Parts): StaffText | undefined {
  const about = owed.flatMap(({ notice: { kind }, outage }) => (outage ? [{ kind, outage }] : []));
  const [first] = about;
  if (!first) return undefined;
  const language = desk.defaultLanguage;
  const timeZone = departments.find(({ hours }) => hours)?.hours?.zone ?? 'UTC';
  const values = ({ channel, source, since }: Outage) => ({
    brand: desk.brand,
    channel: words(language, `desk:channel_${channel}`),
    source,
    since: since.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short' }),
  });
  const lines = about.map(({ kind, outage }) =>
    words(language, `outage:${kind === 'outage' ? outage.code : 'works_again'}`, values(outage)),
  );
  const out = about.some(({ kind }) => kind === 'outage');
  return {
    subject: words(language, `outage:${first.kind === 'outage' ? 'out' : 'works_again'}_subject`, values(first.outage)),
    text: [...lines, ...(out ? [words(language, 'outage:what_to_do', { url: deskUrl })] : [])].join('\n\n'),
  };
}

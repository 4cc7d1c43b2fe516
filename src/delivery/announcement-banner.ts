import { desc, sql } from 'drizzle-orm';
import type { Db } from '../store/connection.ts';
import { announcement } from '../store/schema.ts';
import type { Texts } from './announcement-text.ts';

/** The announcements that stand above the chat now, newest first, in a language or the nearest that they have. */
export async function readBanners(db: Db, language: string, fallback: string): Promise<{ id: number; text: string }[]> {
  const rows = await db
    .select({ id: announcement.id, texts: announcement.texts })
    .from(announcement)
    .where(
      sql`${announcement.banner} and ${announcement.state} <> 'stopped' and ${announcement.startsAt} <= clock_timestamp()
      and (${announcement.bannerUntil} is null or ${announcement.bannerUntil} > clock_timestamp())`,
    )
    .orderBy(desc(announcement.id))
    .limit(5);
  return rows.map(({ id, texts }) => {
    const all = texts as Texts;
    return { id, text: all[language] ?? all[fallback] ?? Object.values(all)[0] ?? '' };
  });
}

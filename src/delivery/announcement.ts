import { asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { recordFact } from '../conversation/event.ts';
import { Fault } from '../errors.ts';
import type { Db, Tx } from '../store/connection.ts';
import { announcement, announcementDelivery, contact } from '../store/schema.ts';
import { type Texts, textFor } from './announcement-text.ts';

/** What was announced, as stored. */
export type Announcement = Omit<typeof announcement.$inferSelect, 'texts'> & { texts: Texts };
/** One place of an announcement, and how far it is there. */
export type AnnouncementDelivery = typeof announcementDelivery.$inferSelect;

/** Where an announcement goes: a public place of a channel (its own notation, `@brand`), or a contact. `languages`: what is said there, in this order. */
export type Target = { channel: string; place: string; languages?: string[] } | { contact: number };

/** An announcement as somebody wants it. */
export interface NewAnnouncement {
  texts: Texts;
  targets: Target[];
  /** Shown above the chat in the browser too; `bannerUntil` undefined: until it is stopped. */
  banner: boolean;
  bannerUntil?: Date;
  /** Undefined: now. */
  startsAt?: Date;
  agentId?: number;
  /** Whoever asks again with the same one gets the announcement that there is. */
  clientId?: string;
}

/** What announcements may use: the channels that have public places, and the language of a place that names none. */
export interface AnnouncementRules {
  channels: string[];
  defaultLanguage: string;
}

/** Makes an announcement with a row for every place that it goes to. Throws a Fault that says what is wrong with it. */
export async function createAnnouncement(db: Db, wish: NewAnnouncement, rules: AnnouncementRules): Promise<Announcement> {
  const texts = Object.fromEntries(Object.entries(wish.texts).filter(([, text]) => /\S/.test(text)));
  if (Object.keys(texts).length === 0)
    throw new Fault('input.invalid', 'The announcement has no text.', 'Write it in at least one language.');
  if (wish.targets.length === 0 && !wish.banner)
    throw new Fault('input.invalid', 'The announcement goes nowhere.', 'Name a channel, a contact or the banner.');
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(announcement)
      .values({
        texts,
        banner: wish.banner,
        bannerUntil: wish.bannerUntil,
        startsAt: wish.startsAt ?? sql`clock_timestamp()`,
        agentId: wish.agentId,
        clientId: wish.clientId,
      })
      .onConflictDoNothing({ target: announcement.clientId })
      .returning();
    if (!made) return madeBefore(tx, wish.clientId);
    const places: NewDelivery[] = [];
    for (const target of wish.targets) places.push(await placeOf(tx, target, texts, rules));
    if (places.length > 0)
      await tx
        .insert(announcementDelivery)
        .values(places.map((place) => ({ ...place, announcementId: made.id })))
        .onConflictDoNothing();
    await recordFact(tx, {
      kind: 'announcement',
      data: { announcementId: made.id, state: 'made', places: places.length },
      agentId: wish.agentId,
    });
    return made as Announcement;
  });
}

async function madeBefore(tx: Tx, clientId = ''): Promise<Announcement> {
  const [made] = await tx.select().from(announcement).where(eq(announcement.clientId, clientId));
  if (!made) throw new Error('announcement was not made');
  return made as Announcement;
}

type NewDelivery = Pick<AnnouncementDelivery, 'channel' | 'place' | 'contactId' | 'languages'>;

async function placeOf(tx: Tx, target: Target, texts: Texts, rules: AnnouncementRules): Promise<NewDelivery> {
  const place = 'contact' in target ? await addressOf(tx, target.contact, rules) : withLanguages(target, rules);
  if (!rules.channels.includes(place.channel))
    throw new Fault(
      'input.invalid',
      `Nothing can be announced on “${place.channel}”: it is off, or it has no public places.`,
      `Channels that take announcements: ${rules.channels.join(', ') || 'none'}.`,
    );
  // Somebody who reads only another language is better told in one that there is than not at all.
  const spoken = place.languages.some((language) => texts[language])
    ? place.languages
    : place.contactId
      ? Object.keys(texts).slice(0, 1)
      : [];
  if (!textFor(texts, spoken))
    throw new Fault(
      'input.invalid',
      `“${place.place}” is written to in ${place.languages.join(', ')}, and the announcement has no text in it.`,
      'Write that text, or choose other languages for the place.',
    );
  return { ...place, languages: spoken };
}

function withLanguages({ channel, place, languages }: Exclude<Target, { contact: number }>, rules: AnnouncementRules): NewDelivery {
  return { channel, place: place.trim(), contactId: null, languages: languages?.length ? languages : [rules.defaultLanguage] };
}

/** The address at which a contact wrote last, of those that can be reached. */
async function addressOf(tx: Tx, contactId: number, { channels, defaultLanguage }: AnnouncementRules): Promise<NewDelivery> {
  const { rows } = await tx.execute<{ channel: string; place: string; language: string | null }>(sql`
    select a.channel, a.value as place, coalesce(k.language, c.language) as language
    from contact k join address a on a.contact_id = k.id left join conversation c on c.address_id = a.id
    where k.id = ${contactId} and a.unreachable is null and a.channel in (select jsonb_array_elements_text(${JSON.stringify(channels)}::jsonb))
    order by c.heard_at desc nulls last, a.id desc limit 1`);
  const [found] = rows;
  if (!found)
    throw new Fault(
      'input.invalid',
      `Contact ${contactId} does not exist, or cannot be reached on a channel that takes announcements.`,
      'Leave them out.',
    );
  return { channel: found.channel, place: found.place, contactId, languages: [found.language ?? defaultLanguage] };
}

/** A place with the name of the contact that it is. */
type ListedDelivery = AnnouncementDelivery & { contact: string | null };

/** Announcements, newest first, each with its places in order. */
export async function listAnnouncements(db: Db, which: { id?: number } = {}): Promise<(Announcement & { places: ListedDelivery[] })[]> {
  const rows = await db
    .select()
    .from(announcement)
    .where(which.id === undefined ? undefined : eq(announcement.id, which.id))
    .orderBy(desc(announcement.id))
    .limit(100);
  const ids = rows.map(({ id }) => id);
  const places = ids.length > 0 ? await deliveriesOf(db, ids) : [];
  return rows.map((row) => ({ ...(row as Announcement), places: places.filter(({ announcementId }) => announcementId === row.id) }));
}

async function deliveriesOf(db: Db, ids: number[]): Promise<ListedDelivery[]> {
  return db
    .select({ ...getTableColumns(announcementDelivery), contact: contact.name })
    .from(announcementDelivery)
    .leftJoin(contact, eq(contact.id, announcementDelivery.contactId))
    .where(inArray(announcementDelivery.announcementId, ids))
    .orderBy(asc(announcementDelivery.id));
}

/** Stops an announcement: nothing more starts to go out, the banner goes. What has gone out stays where it is. */
export async function stopAnnouncement(db: Db, id: number, agentId?: number): Promise<void> {
  await setState(db, id, 'stopped', agentId);
}

/** Goes on with a stopped one, at the places where it has not been. */
export async function resumeAnnouncement(db: Db, id: number, agentId?: number): Promise<void> {
  await setState(db, id, 'scheduled', agentId);
}

async function setState(db: Db, id: number, state: 'stopped' | 'scheduled', agentId: number | undefined): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx.update(announcement).set({ state }).where(eq(announcement.id, id)).returning({ id: announcement.id });
    if (rows.length === 0) throw new Fault('not-found', `There is no announcement ${id}.`, 'See them all with: destek announce list');
    await recordFact(tx, { kind: 'announcement', data: { announcementId: id, state }, agentId });
  });
}

import type { listAnnouncements } from '../../delivery/announcement.ts';
import type { AnnouncementLine } from './announce-protocol.ts';

type Listed = Awaited<ReturnType<typeof listAnnouncements>>[number];

/** An announcement as its page shows it; `agent`: the name of who made it. */
export function presentAnnouncement(row: Listed, agent: string | undefined): AnnouncementLine {
  return {
    id: row.id,
    texts: row.texts,
    state: row.state,
    startsAt: row.startsAt.toISOString(),
    banner: row.banner,
    bannerUntil: row.bannerUntil?.toISOString(),
    agent,
    createdAt: row.createdAt.toISOString(),
    places: row.places.map((each) => ({
      channel: each.channel,
      place: each.place,
      contactId: each.contactId ?? undefined,
      contact: each.contact ?? undefined,
      state: each.state,
      failure: each.failure ?? undefined,
      sentAt: each.sentAt?.toISOString(),
    })),
  };
}

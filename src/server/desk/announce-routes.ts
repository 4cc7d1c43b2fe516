import { z } from 'zod';
import type { Channel } from '../../conversation/channel.ts';
import {
  type AnnouncementRules,
  createAnnouncement,
  listAnnouncements,
  resumeAnnouncement,
  stopAnnouncement,
} from '../../delivery/announcement.ts';
import { partsFor } from '../../delivery/announcement-text.ts';
import type { Known } from '../../dialogue/understand.ts';
import { listAgents } from '../../handoff/agent.ts';
import { findContacts } from '../../handoff/contact-search.ts';
import { localised } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import type { AnnouncementList, AnnouncementPreview } from './announce-protocol.ts';
import { contacts, list, preview, wish } from './announce-schema.ts';
import { answers, done } from './answers.ts';
import { byId, inLanguage } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { presentAnnouncement } from './present-announcement.ts';

/** So many contacts are offered at once. */
const mostOffered = 8;

/** Announcements for supervisors (announce-protocol.ts), under /api/desk/announcements. */
export function announceRoutes(http: Http, { db, channels, known }: { db: Db; channels: Channel[]; known(): Known }): void {
  const { typed, supervisor, about } = openRoutes(http, db, 'announcements');
  const public_ = channels.filter(({ announce }) => announce);
  const rules = (): AnnouncementRules => ({
    channels: public_.map(({ name }) => name),
    defaultLanguage: known().knowledge.desk.defaultLanguage,
  });

  typed.get(
    '/api/desk/announcements',
    {
      ...supervisor,
      schema: {
        ...about('Announcements, newest first, with how far they are, and the places that there are'),
        querystring: inLanguage,
        response: answers(list),
      },
    },
    async ({ query }): Promise<AnnouncementList> => {
      const { desk, languages } = known().knowledge;
      const [rows, agents] = [await listAnnouncements(db), await listAgents(db)];
      return {
        announcements: rows.map((row) => presentAnnouncement(row, agents.find(({ id: agent }) => agent === row.agentId)?.name)),
        known: desk.announce
          .filter(({ channel }) => rules().channels.includes(channel))
          .map((each) => ({
            channel: each.channel,
            place: each.place,
            name: (each.name && localised(each.name, query.language, desk.defaultLanguage)) ?? each.place,
            languages: each.languages ?? [desk.defaultLanguage],
          })),
        channels: public_.map(({ name, label }) => ({ name, label })),
        languages,
      };
    },
  );
  typed.get(
    '/api/desk/announcements/contacts',
    {
      ...supervisor,
      schema: {
        ...about('Contacts whom an announcement can reach, by name, address or ticket number'),
        querystring: z.strictObject({ search: z.string().trim().min(1).max(200) }),
        response: answers(contacts),
      },
    },
    async ({ query }) => {
      const found = await findContacts(db, query.search, rules().channels, mostOffered);
      return { contacts: found.map((each) => ({ ...each, lastAt: each.lastAt?.toISOString() })) };
    },
  );
  typed.post(
    '/api/desk/announcements/preview',
    { ...supervisor, schema: { ...about('How an announcement will stand in each place'), body: wish, response: answers(preview) } },
    async ({ body }): Promise<AnnouncementPreview> => ({
      places: body.places.map(({ channel, place: where, languages = [rules().defaultLanguage] }) => {
        const can = public_.find(({ name }) => name === channel)?.capabilities;
        return { channel, place: where, languages, messages: can ? partsFor(body.texts, languages, can).filter(Boolean) : [] };
      }),
    }),
  );
  typed.post(
    '/api/desk/announcements',
    { ...supervisor, schema: { ...about('Announce something, now or later'), body: wish, response: answers(z.object({ id: z.int() })) } },
    async ({ body, agent }) => {
      const made = await createAnnouncement(
        db,
        {
          texts: body.texts,
          targets: [...body.places, ...body.contacts.map((contact) => ({ contact }))],
          banner: body.banner,
          bannerUntil: body.bannerUntil,
          startsAt: body.startsAt,
          agentId: agent.id,
        },
        rules(),
      );
      return { id: made.id };
    },
  );
  typed.post(
    '/api/desk/announcements/:id/stop',
    {
      ...supervisor,
      schema: { ...about('Stop an announcement: nothing more goes out, the banner goes'), params: byId, response: answers(done) },
    },
    async ({ params, agent }) => {
      await stopAnnouncement(db, params.id, agent.id);
      return {};
    },
  );
  typed.post(
    '/api/desk/announcements/:id/resume',
    {
      ...supervisor,
      schema: { ...about('Go on with a stopped announcement where it has not been'), params: byId, response: answers(done) },
    },
    async ({ params, agent }) => {
      await resumeAnnouncement(db, params.id, agent.id);
      return {};
    },
  );
}

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
import { listAgents } from '../../handoff/agents/agent.ts';
import { findContacts } from '../../handoff/lists/contact-search.ts';
import type { Desk } from '../../kb/topic.ts';
import { localised } from '../../kb/variables.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import type { AnnouncementList, AnnouncementPreview } from './announce-protocol.ts';
import { contacts, list, preview, wish } from './announce-schema.ts';
import { answers } from './answers.ts';
import { inLanguage } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { presentAnnouncement } from './present-announcement.ts';

/** So many contacts are offered at once. */
const mostOffered = 8;

/** Announcements for supervisors (announce-protocol.ts), under /api/desk/announcements. */
export function announceRoutes(http: Http, { db, channels, known }: { db: Db; channels: Channel[]; known(): Known }): void {
  const { typed, supervisor, about, act } = openRoutes(http, db, 'announcements');
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
    async ({ query }): Promise<AnnouncementList> => ({
      announcements: await presentAll(db),
      known: placesOf(known().knowledge.desk, rules().channels, query.language),
      channels: public_.map(({ name, label }) => ({ name, label })),
      languages: known().knowledge.languages,
    }),
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
      const { id, places, contacts: people, ...said } = body;
      const targets = [...places, ...people.map((contact) => ({ contact }))];
      const made = await createAnnouncement(db, { ...said, targets, agentId: agent.id, clientId: id }, rules());
      return { id: made.id };
    },
  );
  act('/api/desk/announcements/:id/stop', supervisor, 'Stop an announcement: nothing more goes out, the banner goes', (by, id) =>
    stopAnnouncement(db, id, by.id),
  );
  act('/api/desk/announcements/:id/resume', supervisor, 'Go on with a stopped announcement where it has not been', (by, id) =>
    resumeAnnouncement(db, id, by.id),
  );
}

async function presentAll(db: Db): Promise<AnnouncementList['announcements']> {
  const [rows, agents] = [await listAnnouncements(db), await listAgents(db)];
  return rows.map((row) => presentAnnouncement(row, agents.find(({ id }) => id === row.agentId)?.name));
}

/** The places that desk.yaml names, on channels that are on. */
function placesOf({ announce, defaultLanguage }: Desk, channels: string[], language: string): AnnouncementList['known'] {
  return announce
    .filter(({ channel }) => channels.includes(channel))
    .map(({ channel, place, name, languages = [defaultLanguage] }) => ({
      channel,
      place,
      name: (name && localised(name, language, defaultLanguage)) ?? place,
      languages,
    }));
}

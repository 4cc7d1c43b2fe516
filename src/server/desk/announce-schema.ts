import { z } from 'zod';
import type { AnnouncementList, AnnouncementPreview } from './announce-protocol.ts';
import { clientId, time } from './inputs.ts';

const texts = z.record(z.string().max(20), z.string().max(8_000));
const language = z.string().max(20);
const place = z.strictObject({
  channel: z.string().max(40),
  place: z.string().trim().min(1).max(200),
  languages: z.array(language).max(20).optional(),
});
/** An announcement as a supervisor wants it. */
export const wish = z.strictObject({
  id: clientId.optional(),
  texts,
  places: z.array(place).max(200).default([]),
  contacts: z.array(z.int().positive()).max(5_000).default([]),
  banner: z.boolean().default(false),
  bannerUntil: time.optional(),
  startsAt: time.optional(),
});
const placeState = z.enum(['pending', 'sending', 'sent', 'uncertain', 'failed', 'withheld']);
const line = z.object({
  id: z.int(),
  texts,
  state: z.enum(['scheduled', 'stopped', 'done']),
  startsAt: z.string(),
  banner: z.boolean(),
  bannerUntil: z.string().optional(),
  agent: z.string().optional(),
  createdAt: z.string(),
  places: z.array(
    z.object({
      channel: z.string(),
      place: z.string(),
      contactId: z.int().optional(),
      contact: z.string().optional(),
      state: placeState,
      failure: z.string().optional(),
      sentAt: z.string().optional(),
    }),
  ),
});
/** Every announcement, and what there is to announce on and in. */
export const list: z.ZodType<AnnouncementList> = z.object({
  announcements: z.array(line),
  known: z.array(z.object({ channel: z.string(), place: z.string(), name: z.string(), languages: z.array(language) })),
  channels: z.array(z.object({ name: z.string(), label: z.string() })),
  languages: z.array(language),
});
/** How it will stand in each place. */
export const preview: z.ZodType<AnnouncementPreview> = z.object({
  places: z.array(z.object({ channel: z.string(), place: z.string(), languages: z.array(language), messages: z.array(z.string()) })),
});
/** Contacts whom it can reach. */
export const contacts = z.object({
  contacts: z.array(
    z.object({
      id: z.int(),
      name: z.string().optional(),
      channel: z.string(),
      number: z.string().optional(),
      lastAt: z.string().optional(),
      protected: z.boolean(),
    }),
  ),
});

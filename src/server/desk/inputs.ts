import { z } from 'zod';

/** An id in a path or a query. */
export const idText = z.coerce.number().int().positive();

/** The id in a path: of a ticket, an agent, a webhook … */
export const byId = z.strictObject({ id: idText });

/** A language's code in a query, which names are wanted in; English where none is given, and what the desk does not speak counts as its default one. */
export const language = z.string().max(20).default('en');

/** A query of nothing but a language. */
export const inLanguage = z.strictObject({ language });

/** A time with its zone, of the years that people plan in: PostgreSQL knows no year 0. */
export const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 1970 && at.getUTCFullYear() < 3000, { error: 'is no time between 1970 and 3000.' });

/** An id that the desk makes, so that what is sent twice is done once. */
export const clientId = z.string().regex(/^[\w-]{8,64}$/);

/** The body of an act that needs nothing beside its path. */
export const nothing = z.strictObject({}).optional();

/** A ticket and one of its contact's messages, in a path. */
export const ofMessage = byId.extend({ message: idText });

/** The number of a ticket beside the one in the path. */
export const otherNumber = z.strictObject({ number: z.string().max(40).describe("The other ticket's number, as a person writes it") });

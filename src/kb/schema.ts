import { z } from 'zod';
import { durationPattern } from './duration.ts';

/** Code of a language, BCP 47 in short: `tr`, `az`, `pt-BR`. Keys of a topic file that look like this hold its texts. */
export const languageCode = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const text = z.string().trim().min(1);
const language = z.string().regex(languageCode, 'is not a language code such as tr, en or az');
const perLanguage = z.record(language, text);
const localised = z.union([text, perLanguage], 'must be a text, or one text per language');
const topicId = text.describe('Id of another topic, its path without .yaml: payments/withdraw-time');
const day = z.iso.date('must be a day such as 2026-03-31');
const insideMedia = (path: string) => !path.startsWith('/') && !/[\\:]/.test(path) && !path.split('/').includes('..');

/** What one language of a topic says. */
export const topicText = z.strictObject({
  title: text.max(120).describe('Name of the topic as a contact sees it, 3 to 8 words'),
  questions: z.array(text.max(1000)).min(1).describe('20 to 40 differing messages that this topic answers, as people write them'),
  answer: text.max(8000).describe('Paragraphs, lists, **bold**, *italic*, [text](https://…) and {{variables}} of desk.yaml'),
});

/** The texts of a topic file by language. */
export const topicTexts = z.record(language, topicText);

/** The keys of a topic file beside its languages. */
export const topicFields = z.strictObject({
  department: text.describe('Who takes over, an id of departments.yaml'),
  policy: z.enum(['answer', 'handoff']).describe('answer: the bot answers; handoff: it says what to prepare and a person takes over'),
  related: z.array(topicId).default([]),
  enabled: z.boolean().default(true),
  product: text.optional().describe("One of desk.yaml's products; the topic is off where the product is"),
  urgency: z.enum(['normal', 'high', 'top']).default('normal'),
  precedence: z.enum(['safety', 'before-human']).optional().describe('What the topic wins over besides topics without one'),
  action: z.enum(['ticket-status', 'upload-documents']).optional().describe('What the bot does beside its answer'),
  protects: z.boolean().default(false).describe('No offers to this contact until a supervisor lifts it'),
  offer: z.boolean().default(false).describe('The answer advertises something: protected contacts do not get it'),
  validFrom: day.optional(),
  validUntil: day.optional(),
  channels: z.record(text, perLanguage).default({}).describe('Another answer for one channel, per language'),
  media: z
    .array(
      z.strictObject({
        file: text.refine(insideMedia, 'must be a file inside media/, such as deposit-1.png'),
        alt: perLanguage.describe('What the picture shows, per language, for those who cannot see it'),
      }),
    )
    .default([]),
  reviewBy: day.optional(),
});

/** lexicon.yaml: concepts and the words that stand for them. */
export const lexiconFile = z.array(z.strictObject({ concept: text, words: z.record(language, z.array(text).min(1)) }));

/** out-of-scope.yaml: messages per language that no topic covers though they sound near. */
export const outOfScopeFile = z.record(language, z.array(text.max(1000)));

/** departments.yaml: who takes over. */
const interval = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be two times of the day such as 09:00-18:00');
const zone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'must be the name of a time zone such as Europe/Istanbul or Asia/Baku');

const hours = z.strictObject({
  zone,
  week: z
    .partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.array(interval))
    .describe('Per weekday; a day that is missing is closed, an interval may run across midnight'),
  holidays: z.array(day).optional(),
});

const duration = z.string().regex(durationPattern, 'must be a time such as 90s, 15m or 12h');
const target = z.union(
  [duration, z.strictObject({ normal: duration, high: duration.optional(), top: duration.optional() })],
  'must be a time such as 15m, or one per urgency such as { normal: 1h, high: 30m, top: 5m }',
);
const targets = z.strictObject({
  firstAnswer: target.optional().describe('Until a person answers first'),
  nextAnswer: target.optional().describe('Until a person answers again'),
  resolution: target.optional().describe('Until the matter is resolved'),
});
const share = z.number().gt(0).max(1);
const staffPlace = z.strictObject({
  channel: text.describe('Name of a channel that is on'),
  to: z.union([text, z.int().transform(String)]).describe('A chat, a channel or an e-mail address, as that channel names it'),
});

export const departmentsFile = z.array(
  z.strictObject({
    id: text,
    name: perLanguage,
    hours: hours.optional(),
    languages: z.array(language).min(1).optional().describe('Languages that it answers in; without them those of the desk'),
    targets: z
      .record(text, targets)
      .optional()
      .describe("By kind of channel, chat and mail, or by a channel's name; times count in the department's hours"),
    tierShare: z
      .union([share, z.record(text, share)], 'must be a share such as 0.5, or one per tier')
      .optional()
      .describe('What share of the time members with a tier wait for answers; 0.5 without it'),
    escalation: z
      .array(z.strictObject({ level: z.enum(['supervisor', 'investigation']), within: duration }))
      .min(1)
      .optional()
      .describe('Who is called when a deadline passes, and how long each has; a supervisor, 15m without it'),
    autoAssign: z.boolean().optional().describe('Give waiting tickets to agents who may take them'),
    notify: z.array(staffPlace).optional().describe('Who is told that a ticket waits or a deadline passed'),
  }),
);

/** Kinds of files that can be kept: those whose bytes we know how to judge (src/files/kinds.ts). */
const fileKinds = ['pdf', 'jpg', 'png', 'heic', 'webp', 'gif', 'txt', 'csv', 'docx', 'xlsx'] as const;

/** What somebody may be asked of themselves before a chat. */
const aboutContact = z.object({ name: z.string(), player: z.string(), email: z.string() });

/** desk.yaml: what an editor or supervisor decides. */
export const deskFile = z.strictObject({
  brand: text.default('Destek'),
  languages: z.array(language).min(1).optional().describe('Languages that the desk speaks; without it those that the topics have'),
  defaultLanguage: language.optional().describe('Language of a contact of whom nothing is known; without it the first'),
  oftenAsked: z.array(topicId).default([]).describe('Topics that the help shows first until the record knows better what is asked'),
  beforeChat: z
    .strictObject({
      ask: z.array(aboutContact.keyof()).default([]).describe('What the chat on the web asks first; nobody has to answer'),
      consent: localised.optional().describe('What somebody agrees to by starting, with links such as [notice](https://…)'),
    })
    .prefault({})
    .describe('What stands before a chat on the web'),
  quietMs: z.int().min(0).max(10_000).default(800).describe('Milliseconds of silence after a chat message before the bot answers'),
  crisisLine: localised.default('112').describe('Emergency number for danger to life'),
  helpLine: localised.optional().describe('Where there is help with gambling'),
  links: z
    .record(text, z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' }))
    .default({})
    .describe('Addresses of pages; privacy is {{privacyUrl}} in answers'),
  products: z.record(text, z.boolean()).default({}).describe("What the operator's licence covers; topics of a false one are off"),
  attachments: z
    .strictObject({
      accept: z
        .array(z.enum(fileKinds, { error: `may name only ${fileKinds.join(', ')}` }))
        .min(1)
        .default(['pdf', 'jpg', 'png', 'heic', 'webp', 'txt', 'docx'])
        .describe('Kinds of files that contacts and agents may send'),
      maxMb: z.number().positive().max(100).default(20).describe('Largest size of one file'),
      count: z.int().min(1).max(50).default(10).describe('Most files of one message'),
    })
    .prefault({})
    .describe('Files that are kept; all others are listed by name, with the reason'),
  retention: z
    .strictObject({
      identityDays: z.int().min(1).max(3650).default(90).describe('Days after which identity documents are removed'),
      originalDays: z.int().min(1).max(3650).default(365).describe('Days after which whole mails, as they arrived, are removed'),
    })
    .prefault({})
    .describe('How long what is kept is kept'),
  variables: z.record(z.string().regex(/^[A-Za-z]\w*$/, 'must be letters, digits and _'), localised).default({}),
  onCall: z
    .strictObject({
      first: z.array(staffPlace).min(1).describe('Alerted at once, day and night'),
      second: z.array(staffPlace).default([]).describe('Alerted when nobody has taken it'),
      after: duration.default('5m'),
    })
    .optional()
    .describe('Who is alerted when a ticket of top urgency waits'),
  waiting: z
    .strictObject({
      again: z.array(duration).default(['3m', '10m', '30m', '2h']).describe('When somebody who waits in a chat is told how things stand'),
      progress: duration.default('24h').describe('How often somebody whose case takes long is told so'),
    })
    .prefault({})
    .describe('What contacts are told while they wait'),
  announce: z
    .array(
      z.strictObject({
        channel: text.describe('Name of a channel that is on'),
        place: z
          .union([text, z.int().transform(String)])
          .describe('A public channel as that channel names it: @brand, a chat or channel id'),
        name: localised.optional().describe('What the desk calls it; its place without one'),
        languages: z.array(language).min(1).optional().describe('Languages that are read there, in this order; the default one without it'),
      }),
    )
    .default([])
    .describe('Public places where announcements go'),
});

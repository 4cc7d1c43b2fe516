import { z } from 'zod';
import type { FileLimits } from '../conversation/channel.ts';
import { maxChatLength } from '../conversation/message.ts';
import { sayOpening } from '../dialogue/say-opening.ts';
import type { Known } from '../dialogue/understand.ts';
import { type Duty, dutyNow } from '../handoff/deadlines/duty.ts';
import { localised, variable } from '../kb/variables.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import type { Words } from '../words.ts';
import type { Http, ZodTypeProvider } from './http.ts';

interface Parts {
  db: Db;
  log: Log;
  words: Words;
  known(): Known;
  /** A transcript can be mailed. */
  mail: boolean;
  /** People can be led to another channel. */
  elsewhere: boolean;
  /** What may be attached now. */
  uploads(): FileLimits;
}

const dutyMs = 15_000;

const language = z.string().max(20).default('').describe('Code of a language; another than the desk speaks counts as its default one');
const config = z.object({
  brand: z.string(),
  languages: z.array(z.object({ code: z.string(), name: z.string() })),
  language: z.string(),
  privacyUrl: z.string().optional(),
  maxLength: z.number().describe('Longest message, UTF-16 units'),
  notice: z.string().optional().describe('Markdown subset: that nobody is there now'),
  before: z
    .object({
      ask: z.array(z.object({ name: z.string(), player: z.string(), email: z.string() }).keyof()),
      consent: z.string().optional(),
    })
    .optional(),
  mail: z.boolean().optional(),
  elsewhere: z.boolean().optional().describe('Whom the host page has signed for may go on in another channel'),
  upload: z.object({ maxBytes: z.number(), count: z.number(), accept: z.string() }).optional(),
});

/** What the chat on the web shows before anything is said. */
export function chatConfigRoute(http: Http, { db, log, words, known, mail, elsewhere, uploads }: Parts): void {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  let duty: Promise<Duty> | undefined;
  let dutyUntil = 0;

  typed.get(
    '/chat/config',
    {
      schema: {
        tags: ['help'],
        summary: 'What the chat shows before anything is said',
        querystring: z.strictObject({ language }),
        response: { 200: config },
      },
    },
    async ({ query }) => {
      const { knowledge } = known();
      const { desk, languages } = knowledge;
      const code = languages.includes(query.language) ? query.language : desk.defaultLanguage;
      const { ask, consent } = desk.beforeChat;
      const before = { ask, consent: consent === undefined ? undefined : localised(consent, code, desk.defaultLanguage) };
      const { maxBytes, count, accept } = uploads();
      return {
        brand: desk.brand,
        languages: languages.map((each) => ({ code: each, name: words(each, 'bot:language_name') })),
        language: code,
        privacyUrl: variable('privacyUrl', knowledge, code),
        maxLength: maxChatLength,
        notice: await notice(code),
        before: ask.length > 0 || consent !== undefined ? before : undefined,
        mail: mail || undefined,
        elsewhere: elsewhere || undefined,
        upload: count > 0 ? { maxBytes, count, accept } : undefined,
      };
    },
  );

  async function notice(code: string): Promise<string | undefined> {
    if (performance.now() > dutyUntil) {
      dutyUntil = performance.now() + dutyMs;
      duty = dutyNow(db, known().knowledge.departments, new Date());
    }
    // Without a database the chat itself says what is wrong.
    const now = await duty?.catch((error: Error) => log.warn({ err: error.message }, 'duty not read'));
    if (!now) return undefined;
    if (now.opening) return words(code, 'web:notice_closed', { opening: sayOpening(now.opening, now.zone, code) });
    return now.staffed ? undefined : words(code, 'web:notice_nobody');
  }
}

import { z } from 'zod';
import type { Host, Position } from '../../conversation/channel.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import type { Message } from '../../conversation/message.ts';
import { plainText } from '../../conversation/plain-text.ts';
import { createBuckets } from './bucket.ts';
import type { Mailed } from './protocol.ts';

const hour = 3_600;
/** Messages at most, the newest: a mail is no archive. */
const most = 1_000;

/** Who asks for a transcript. */
export interface Asking {
  address: string;
  language: string;
  /** Signed by the host page. */
  email?: string;
}

/** Mails transcripts: three an hour for a visitor, two an hour to an address whoever asks. `to` undefined: to the signed address. */
export function createTranscripts(host: Host): (who: Asking, to: unknown) => Promise<Mailed> {
  const visitors = createBuckets(3, 3 / hour);
  const addressees = createBuckets(2, 2 / hour);
  return async ({ address, language, email }, to) => {
    const fault = (code: string): Mailed => ({ ok: false, code, message: host.words(language, `web:mail_${code.replace(/\W/g, '_')}`) });
    const post = host.mail();
    const typed = z.email().max(200).safeParse(to);
    const signed = to === null && email !== undefined;
    if (!post || !(signed || typed.success)) return fault('input.invalid');
    const recipient = signed ? email : (typed.data ?? '');
    if (visitors.take(address) > 0 || addressees.take(recipient.toLowerCase()) > 0) return fault('rate.limited');
    try {
      const { messages, agents } = await readNewest(host, address);
      if (messages.length === 0) return fault('input.invalid');
      // To an address that nobody vouches for, a visitor sends no links of their own by our mail.
      const lines = messages.map((message) => line(message, agents, host, language, signed));
      await post(recipient, {
        subject: host.words(language, 'web:mail_subject'),
        text: `${host.words(language, 'web:mail_intro')}\n\n${lines.join('\n\n')}\n`,
      });
      return { ok: true, to: recipient };
    } catch (error) {
      host.log.warn({ err: (error as Error).message }, 'transcript not mailed');
      return fault('failed');
    }
  };
}

function line(
  { author, agentId, text, createdAt, body }: Message,
  agents: Record<number, string>,
  host: Host,
  language: string,
  links: boolean,
): string {
  const who = (agentId !== null && agents[agentId]) || host.words(language, author === 'contact' ? 'web:by_you' : `web:by_${author}`);
  const own = links ? text : text.replace(/(?:https?:\/\/|www\.)\S+/gi, '[…]');
  const files = 'attachments' in body ? (body.attachments ?? []) : [];
  const when = createdAt.toLocaleString(language, { dateStyle: 'short', timeStyle: 'short' });
  const said = author === 'contact' ? own : plainText(parseMarkup(text));
  return [`${when}  ${who}:`, said, ...files.map(({ name }) => `[${name}]`)].filter(Boolean).join('\n');
}

async function readNewest(host: Host, address: string): Promise<{ messages: Message[]; agents: Record<number, string> }> {
  let messages: Message[] = [];
  const agents: Record<number, string> = {};
  for (let after: Position | undefined; ; ) {
    const page = await host.read(address, after);
    messages = [...messages, ...page.messages].slice(-most);
    Object.assign(agents, page.agents);
    after = page.position;
    if (!page.more) return { messages, agents };
  }
}

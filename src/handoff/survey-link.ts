import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../privacy/seal.ts';

const lastsDays = 30;
const dayMs = 86_400_000;

/** Links to the page where a resolution's survey is answered, for channels without buttons. Signed: nobody answers another's. */
export interface SurveyLinks {
  /** The page of a ticket's survey, for a month; undefined where nobody knows this server's address. */
  url(ticketId: number): string | undefined;
  /** The ticket of a link; undefined where we never gave it, or its time is over. */
  read(token: string, now?: Date): number | undefined;
}

/** `origin`: where people reach this server. */
export function createSurveyLinks({ secret, origin }: { secret: string; origin(): string | undefined }): SurveyLinks {
  const key = deriveKey(secret, 'survey-links');
  const sign = (said: string) => createHmac('sha256', key).update(said).digest('base64url').slice(0, 24);
  return {
    url(ticketId) {
      const place = origin();
      const said = `${ticketId}.${Math.ceil(Date.now() / dayMs) + lastsDays}`;
      return place && `${place}/survey/${said}.${sign(said)}`;
    },
    read(token, now = new Date()) {
      const [, said = '', ticketId, lastDay, given = ''] = /^((\d{1,15})\.(\d{1,7}))\.([\w-]{24})$/.exec(token) ?? [];
      const [expected, offered] = [Buffer.from(sign(said)), Buffer.from(given)];
      if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return undefined;
      return Number(lastDay) * dayMs >= now.getTime() ? Number(ticketId) : undefined;
    },
  };
}

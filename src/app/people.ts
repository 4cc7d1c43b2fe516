import { type Channel, Undeliverable } from '../conversation/channel.ts';
import { createFarewell } from '../dialogue/farewell.ts';
import { createWaitingWords } from '../dialogue/say-waiting.ts';
import { type Acts, createActs } from '../handoff/acts/acts.ts';
import { createDesk, type Desk } from '../handoff/acts/desk.ts';
import { createDeadlinesOf } from '../handoff/deadlines/deadlines-of.ts';
import { createLine, type Line } from '../handoff/line/line.ts';
import type { StaffPost } from '../handoff/staff/staff-post.ts';
import { createSurveyLinks, type SurveyLinks } from '../handoff/survey-link.ts';
import { createTimely, type Timely } from '../handoff/timely.ts';
import type { Ground } from './ground.ts';
import type { Pipes } from './pipes.ts';

/** The line of those who wait, and what agents and time do with it. */
export interface People {
  line: Line;
  timely: Timely;
  surveys: SurveyLinks;
  desk: Desk;
  acts: Acts;
}

/** Puts the parts together and looks at what is due. */
export function openPeople({ db, log, words, known, vault, secret, url, has }: Ground, { queues, channels, live, refresh }: Pipes): People {
  const knowledge = () => known.current().knowledge;
  const line = createLine(queues);
  const timely = createTimely({
    db,
    queues,
    line,
    log,
    words,
    live,
    knowledge,
    waiting: createWaitingWords(words, knowledge),
    post: postBy(channels),
    publicUrl: url,
  });
  if (has('turns')) queues.work('deadlines', timely.looks.deadlines);
  if (has('deliveries')) queues.work('notices', timely.looks.notices);
  const surveys = createSurveyLinks({ secret, origin: url });
  return {
    line,
    timely,
    surveys,
    desk: createDesk({ db, queues, line, refresh, farewell: createFarewell(words, surveys.url) }),
    acts: createActs({ db, queues, line, vault, deadlinesOf: createDeadlinesOf(knowledge, live), refresh }),
  };
}

/** Words to staff go through the channels that are on. */
function postBy(channels: Channel[]): StaffPost {
  return async ({ channel, recipient }, said, sending) => {
    const port = channels.find(({ name }) => name === channel);
    if (!port?.tell)
      throw new Undeliverable('channel-off', `${channel} is not on, or cannot tell anybody anything outside of a conversation`);
    await port.tell(recipient, said, sending);
  };
}

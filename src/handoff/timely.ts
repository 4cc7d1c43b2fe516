import type { Chore } from '../delivery/clock.ts';
import type { Look, Queues } from '../delivery/queues.ts';
import type { Knowledge } from '../kb/topic.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/connection.ts';
import type { Words } from '../words.ts';
import { createDeadlineLook, type WaitingWords } from './deadlines/deadline-look.ts';
import { sweepDeadlines } from './deadlines/sweep-deadlines.ts';
import { createAssignment } from './line/assign.ts';
import type { Line } from './line/line.ts';
import { createNoticeLook, type StaffPost } from './staff/staff-post.ts';
import { createStaffText } from './staff/staff-text.ts';

/** What happens to tickets by time: deadlines, words to staff and to those who wait, assignment where nobody has to take. */
export interface Timely {
  /** Looks of the queues that they are named by. */
  looks: { deadlines: Look; notices: Look };
  chores: Chore[];
}

interface Parts {
  db: Db;
  queues: Queues;
  line: Line;
  log: Log;
  words: Words;
  knowledge(): Knowledge;
  live(channel: string): boolean;
  waiting: WaitingWords;
  post: StaffPost;
  /** Where the desk is reached. */
  publicUrl(): string;
}

/** Puts the parts together. */
export function createTimely(parts: Parts): Timely {
  const { db, queues, log, post, words, knowledge, publicUrl } = parts;
  return {
    looks: {
      deadlines: createDeadlineLook({ ...parts, words: parts.waiting }),
      notices: createNoticeLook({ db, queues, post, log, write: createStaffText({ words, knowledge, publicUrl }) }),
    },
    chores: [
      { name: 'deadlines', everyMs: 3_000, run: () => sweepDeadlines({ db, queues, log }) },
      { name: 'assignment', everyMs: 1_000, run: createAssignment(parts) },
    ],
  };
}

import type { Department } from '../kb/topic.ts';
import type { Db } from '../store/connection.ts';
import { nextOpening } from './hours.ts';
import { anybodyThere, positionInLine, usualWait } from './line.ts';

/** What a contact may expect of a handover, as far as we honestly know. */
export interface Expectation {
  position: number;
  /** Usual minutes until a first answer; undefined while we have measured too few. */
  minutes?: number;
  /** Somebody of the department is online. */
  staffed: boolean;
  /** When the department opens next; undefined while it is open. */
  opening?: Date;
  zone: string;
}

/** Looks at the line, the people and the hours of a department. */
export async function expectationOf(db: Db, department: Department | undefined, id: string, lineAt: Date, now: Date): Promise<Expectation> {
  const [position, minutes, staffed] = await Promise.all([positionInLine(db, id, lineAt), usualWait(db, id), anybodyThere(db, id)]);
  return { position, minutes, staffed, opening: nextOpening(department?.hours, now), zone: department?.hours?.zone ?? 'UTC' };
}

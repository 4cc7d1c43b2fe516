import type { Department } from '../../kb/topic.ts';
import type { Tx } from '../../store/connection.ts';
import { nextOpening } from '../deadlines/hours.ts';
import { anybodyThere, positionInLine, type UsualWait, usualWait } from './line.ts';

/** What a contact may expect of a handover, as far as we honestly know. */
export interface Expectation {
  position: number;
  /** Until a first answer, measured; undefined while we have measured too few. */
  wait?: UsualWait;
  /** Somebody of the department is online. */
  staffed: boolean;
  /** When the department opens next; undefined while it is open. */
  opening?: Date;
  zone: string;
  /** Minutes since the handover. */
  waited: number;
}

/** A ticket in line, or one that is about to join it (then without its number in line and the time when it was opened). */
export interface InLine {
  department: string;
  lineAt: Date;
  lineNumber?: number;
  createdAt?: Date;
}

/** Looks at the line, the people and the hours of a ticket's department. */
export async function expectationOf(tx: Tx, department: Department | undefined, inLine: InLine, now: Date): Promise<Expectation> {
  const position = await positionInLine(tx, inLine);
  const wait = await usualWait(tx, inLine.department);
  const staffed = await anybodyThere(tx, inLine.department);
  const waited = inLine.createdAt ? Math.round((now.getTime() - inLine.createdAt.getTime()) / 60_000) : 0;
  return { position, wait, staffed, opening: nextOpening(department?.hours, now), zone: department?.hours?.zone ?? 'UTC', waited };
}

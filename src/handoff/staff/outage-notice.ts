import type { Outage } from '../../delivery/outage.ts';
import type { Desk, StaffPlace } from '../../kb/topic.ts';
import type { PlannedNotice } from './staff-notice.ts';

/**
 * Who is told that a channel is out: all who are on call, by another channel than that one. Where they can be reached by that alone they are told by
 * it all the same: perhaps only its other direction is out.
 */
export function noticesOfOutage({ channel }: Pick<Outage, 'channel'>, onCall: Desk['onCall']): PlannedNotice[] {
  const beside = placesBeside(channel, onCall);
  return [{ kind: 'outage', cause: 'outage', places: beside.length > 0 ? beside : places(onCall), afterMs: 0 }];
}

/** Who was told so is told that it works again. */
export function noticesOfEnd(told: StaffPlace[]): PlannedNotice[] {
  return [{ kind: 'works-again', cause: 'works-again', places: told, afterMs: 0 }];
}

/** Places of those on call that another channel leads to. */
export function placesBeside(channel: string, onCall: Desk['onCall']): StaffPlace[] {
  return places(onCall).filter((place) => place.channel !== channel);
}

function places(onCall: Desk['onCall']): StaffPlace[] {
  return [...(onCall?.first ?? []), ...(onCall?.second ?? [])];
}

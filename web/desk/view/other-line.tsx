import type { ComponentChildren } from 'preact';
import type { OtherTicket } from '../../../src/server/desk/talk-protocol.ts';
import { hrefOf, shownList } from '../core/route.ts';
import { dayName } from '../core/times.ts';
import { nameOf } from '../words.ts';

/** Another ticket, as a way to it. */
export function OtherLine({ other, children }: { other: OtherTicket; children?: ComponentChildren }) {
  return (
    <li>
      <a href={hrefOf({ page: 'tickets', list: shownList(), ticket: other.id })}>
        <strong class="number">{other.number}</strong>
        <span>{other.topicTitle ?? nameOf('reason', other.reason)}</span>
        <small>{other.outcome ? nameOf('outcome', other.outcome) : dayName(other.createdAt)}</small>
      </a>
      {children}
    </li>
  );
}

import type { ComponentChildren } from 'preact';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { flipDetails } from '../core/details.ts';
import { departmentName } from '../core/me.ts';
import { moment } from '../core/times.ts';
import { type Key, nameOf, say } from '../words.ts';
import { ContactMore } from './contact-more.tsx';
import { DueMark } from './due-mark.tsx';
import { Icon } from './icon.tsx';
import { TicketMore } from './ticket-more.tsx';
import { contactName } from './ticket-row.tsx';

/** Everything that is known of the ticket and its contact, beside the conversation. */
export function Details({ view }: { view: TicketView }) {
  const { ticket, contact, survey, owner } = view;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <aside class="details" aria-label={say('details')} tabIndex={0}>
      <button type="button" class="round close" onClick={flipDetails} aria-label={say('close')}>
        <Icon name="close" />
      </button>
      <h3>{say('ticket')}</h3>
      <dl>
        <Fact name="fact_number">{ticket.number}</Fact>
        <Fact name="fact_department">{departmentName(ticket.department)}</Fact>
        <Fact name="fact_reason">{nameOf('reason', ticket.reason)}</Fact>
        {ticket.topicTitle && <Fact name="fact_topic">{ticket.topicTitle}</Fact>}
        <Fact name="fact_urgency">{say(`urgency_${ticket.urgency}`)}</Fact>
        <Fact name="fact_owner">{ticket.assignee?.name ?? say(`owner_${owner}`)}</Fact>
        <Fact name="fact_opened">{moment(ticket.createdAt)}</Fact>
        <Fact name="fact_due">
          {ticket.firstAnswerAt ? (
            say('answered_at', { time: moment(ticket.firstAnswerAt) })
          ) : ticket.state === 'resolved' ? (
            '–'
          ) : (
            <DueMark ticket={ticket} />
          )}
        </Fact>
        {ticket.resolvedAt && <Fact name="fact_resolved">{moment(ticket.resolvedAt)}</Fact>}
        {ticket.outcome && <Fact name="fact_outcome">{nameOf('outcome', ticket.outcome)}</Fact>}
      </dl>
      <TicketMore view={view} />
      <h3>{say('contact')}</h3>
      <dl>
        <Fact name="fact_name">{contactName(ticket)}</Fact>
        <Fact name="fact_channel">{nameOf('channel', ticket.channel)}</Fact>
        <Fact name="fact_language">{nameOf('language', contact.language ?? ticket.language)}</Fact>
        {contact.tier && <Fact name="fact_tier">{contact.tier}</Fact>}
        {contact.about?.player && <Fact name="about_player">{contact.about.player}</Fact>}
        {contact.about?.email && <Fact name={contact.about.verified ? 'about_email_verified' : 'about_email'}>{contact.about.email}</Fact>}
        <Fact name="fact_identity">{contact.verified ? say('verified_yes') : say('identity_unknown')}</Fact>
        <Fact name="fact_protected">{contact.protected ? say('protected_yes') : say('no')}</Fact>
      </dl>
      <ContactMore view={view} />
      {survey && (
        <>
          <h3>{say('survey')}</h3>
          <dl>
            {survey.solved !== undefined && <Fact name="survey_solved">{survey.solved ? say('yes') : say('no')}</Fact>}
            {survey.score !== undefined && <Fact name="survey_score">{`${survey.score} / 5`}</Fact>}
            {survey.comment && <Fact name="survey_comment">{survey.comment}</Fact>}
          </dl>
        </>
      )}
    </aside>
  );
}

function Fact({ name, children }: { name: Key; children: ComponentChildren }) {
  return (
    <div>
      <dt>{say(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

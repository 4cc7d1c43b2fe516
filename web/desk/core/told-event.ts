import type { DeskEvent } from '../../../src/server/desk/talk-protocol.ts';
import { type Key, nameOf, say } from '../words.ts';
import { departmentName } from './me.ts';
import { moment } from './times.ts';

/** An event in words; empty where people need not know. */
export function toldEvent(event: DeskEvent): string {
  const { kind, data } = event;
  const name = event.agent ?? say('somebody');
  if (kind === 'ended') return say('event_ended');
  if (kind === 'survey') return toldSurvey(data);
  if (kind !== 'ticket') return '';
  if (data.mirror) return '';
  if (typeof data.act === 'string') return toldAct(data.act, data, name);
  if (data.state === 'breach') return say('event_breach', { what: say(`breach_${String(data.what).replace('-', '_')}` as Key) });
  if (data.reason === 'automatic') return say('event_automatic', { name: String(data.toName ?? name) });
  if (data.state === 'assigned') return say('event_claimed', { name });
  if (data.state === 'resolved') return say('event_resolved', { name, outcome: nameOf('outcome', String(data.outcome)) });
  if (['presence', 'returned', 'disabled'].includes(String(data.reason))) return say(`event_${data.reason}` as Key, { name });
  if (data.state !== 'waiting') return '';
  return say('event_opened', { number: String(data.number), reason: nameOf('reason', String(data.reason)) });
}

function toldSurvey(data: DeskEvent['data']): string {
  if (data.part === 'score') return say('event_score', { score: String(data.score) });
  if (data.part === 'solved') return data.solved ? say('event_solved') : say('event_not_solved');
  return data.part === 'comment' ? say('event_comment') : '';
}

function toldAct(act: string, data: DeskEvent['data'], name: string): string {
  const time = () => moment(Date.parse(String(data.until ?? data.at)));
  switch (act) {
    case 'transferred':
      return typeof data.to === 'number'
        ? say('event_transferred_agent', { name, to: String(data.toName ?? '') })
        : say('event_transferred_department', { name, to: departmentName(String(data.to)) });
    case 'escalated':
      return say(data.level === 'investigation' ? 'event_escalated_investigation' : 'event_escalated_supervisor', { name });
    case 'snoozed':
      return say('event_snoozed', { name, time: time() });
    case 'woken':
      return say(`event_woken_${data.reason}` as Key, { name });
    case 'reopened':
      return say(`event_reopened_${data.reason}` as Key, { name });
    case 'urgency':
      return say('event_urgency', { name, to: say(`urgency_${data.urgency}` as Key) });
    case 'language':
      return say('event_language', { name, to: nameOf('language', String(data.language)) });
    case 'linked':
    case 'unlinked':
    case 'merged':
      return say(`event_${act}`, { name, to: String(data.other) });
    case 'started':
      return say('event_started', { name, number: String(data.number) });
    case 'call-back':
      return say('event_call_back', { name, time: time() });
    default:
      return say(`event_${act.replaceAll('-', '_')}` as Key, { name });
  }
}

import type { AuditAct, FactName } from '../../../src/server/desk/audit-protocol.ts';
import { departmentName } from '../core/me.ts';
import { moment } from '../core/times.ts';
import { type Key, nameOf, say } from '../words.ts';
import { nameOfCode, word } from './words.ts';

/** One detail of an act in words. */
export interface ToldFact {
  label: string;
  text: string;
}

/** Knows the name of an agent by their id. */
type AgentName = (id: number) => string | undefined;

type Tell = (value: unknown, act: AuditAct, agentName: AgentName) => string;

const plain: Tell = (value) => each(value, String);
const agent: Tell = (value, _, agentName) => agentName(Number(value)) ?? String(value);
const yesNo: Tell = (value) => say(value ? 'yes' : 'no');
const inNames =
  (group: Parameters<typeof codeName>[0]): Tell =>
  (value) =>
    each(value, (code) => codeName(group, code));
const department: Tell = (value) => each(value, departmentName);
const kind: Tell = (value) => each(value, (code) => nameOfCode('kind', code));
const urgency: Tell = (value) => each(value, (code) => say(`urgency_${code}` as Key));
const time: Tell = (value) => (isTime(value) ? moment(value) : String(value));

// Where something was and where it is now: what that is depends on the act.
const place: Tell = (value, act, agentName) => {
  if (typeof value === 'number') return agent(value, act, agentName);
  if (isTime(value)) return moment(value);
  const { act: what } = act.data;
  return (what === 'language' ? inNames('language') : what === 'urgency' ? urgency : department)(value, act, agentName);
};

/** How each detail is told; false: it stands in the head of the line, or says nothing to people. */
const tells: Record<FactName, Tell | false> = {
  act: false,
  agent,
  agentId: agent,
  announcement: plain,
  announcementId: plain,
  assigneeId: agent,
  at: time,
  author: inNames('author'),
  by: inNames('by'),
  cannedId: plain,
  capacity: plain,
  // What it was changed to stands beside it; of a name only that it was.
  changed: (value, { data }) =>
    each(
      [value].flat().filter((field) => !(String(field) in data)),
      (field) => codeName('changed', field),
    ),
  code: (value, act) => (act.kind === 'webhook' ? nameOfCode('result', String(value)) : nameOf('failure', String(value))),
  contactId: plain,
  count: plain,
  decision: (value) => nameOf('act', String(value)),
  department,
  departments: department,
  everywhere: yesNo,
  fileId: plain,
  format: (value) => String(value).toUpperCase(),
  from: place,
  gone: plain,
  handledSeq: plain,
  helped: yesNo,
  host: plain,
  identity: yesNo,
  kind,
  kinds: kind,
  language: inNames('language'),
  languages: inNames('language'),
  level: inNames('level'),
  low: yesNo,
  messageId: plain,
  mirror: false,
  noteId: plain,
  noticeId: plain,
  number: false,
  other: plain,
  outcome: inNames('outcome'),
  part: inNames('part'),
  places: plain,
  reason: inNames('reason'),
  role: (value) => say(value === 'supervisor' ? 'supervisor' : 'agent'),
  rows: (value) =>
    Object.entries(value as object)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${codeName('rows', name)}: ${count}`)
      .join(', '),
  score: (value) => `${value} / 5`,
  signal: (value) => each(value, (code) => nameOf('signal', code.replace('@', ''))),
  solved: yesNo,
  state: false,
  ticket: plain,
  ticketId: false,
  to: place,
  topic: plain,
  topics: plain,
  until: time,
  urgency,
  webhookId: plain,
  what: inNames('what'),
  why: inNames('why'),
};

/** The details of an act in words, in the order in which they were written down. What we have no word for is told as it stands. */
export function toldFacts(act: AuditAct, agentName: AgentName): ToldFact[] {
  return Object.entries(act.data).flatMap(([name, value]) => {
    const tell = tells[name as FactName] ?? (name in tells ? false : plain);
    if (tell === false || value === null) return [];
    const text = tell(value, act, agentName);
    return text === '' ? [] : [{ label: labelOf(name, value), text }];
  });
}

function labelOf(name: string, value: unknown): string {
  const span = { from: 'since', to: 'till' }[name];
  return word(`fact_${span && isTime(value) ? span : name}` as 'fact_at') || name;
}

function each(value: unknown, name: (code: string) => string): string {
  return [value]
    .flat()
    .map((one) => name(typeof one === 'object' ? JSON.stringify(one) : String(one)))
    .join(', ');
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}

// The audit's own word, or the one that the whole desk has.
function codeName(
  group: Parameters<typeof nameOf>[0] | 'author' | 'by' | 'changed' | 'part' | 'rows' | 'what' | 'why',
  code: string,
): string {
  return nameOfCode(group, code, nameOf(group as Parameters<typeof nameOf>[0], code));
}

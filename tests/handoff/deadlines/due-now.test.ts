import { expect, test } from 'vitest';
import { deadlines } from '../../../src/handoff/deadlines/deadline.ts';
import { dueNow, type Facts } from '../../../src/handoff/deadlines/due-now.ts';
import { type Candidate, eligible } from '../../../src/handoff/line/eligible.ts';
import type { Ticket } from '../../../src/handoff/ticket.ts';
import { deskFile } from '../../../src/kb/schema.ts';
import type { Department } from '../../../src/kb/topic.ts';

// A fake clock: days pass in a moment, the looks come when they are due, as the queue makes them.

const minute = 60_000;
const hour = 60 * minute;
const { waiting } = deskFile.parse({});
const nine = new Date('2026-03-04T09:00:00Z');

function opened(over: Partial<Ticket> = {}, facts: Partial<Facts> = {}): Facts {
  const claimant = { urgency: 'normal' as const, tier: null, live: true, ...facts.claimant };
  const ticket = {
    id: 1,
    level: 'operator',
    levelBy: null,
    state: 'waiting',
    urgency: claimant.urgency,
    ...deadlines(claimant, nine, facts.department),
    firstAnswerAt: null,
    firstBreachAt: null,
    nextAnswerDue: null,
    nextBreachAt: null,
    resolutionBreachAt: null,
    rungDue: null,
    tellDue: null,
    told: 0,
    onCallDue: null,
    ...over,
  } as Ticket;
  return { ticket, waitingSince: null, asleep: false, saidAt: null, tellable: true, owed: false, waiting, ...facts, claimant };
}

const nextLook = ({ firstAnswerAt, firstBreachAt, firstAnswerDue, nextBreachAt, nextAnswerDue, ...rest }: Ticket) =>
  Math.min(
    ...[
      firstAnswerAt === null && firstBreachAt === null ? firstAnswerDue : null,
      nextBreachAt === null ? nextAnswerDue : null,
      rest.resolutionDue,
      rest.rungDue,
      rest.tellDue,
      rest.onCallDue,
    ].flatMap((at) => (at ? [at.getTime()] : [])),
  );

/** Lets time pass from nine o'clock; what happened, with the minutes since then. */
function pass(facts: Facts, until: number): { said: string[]; ticket: Ticket } {
  const said: string[] = [];
  let { ticket } = facts;
  for (let now = nine.getTime(), looks = 0; now <= nine.getTime() + until; now = nextLook(ticket), looks++) {
    if (looks > 1000) throw new Error('looks without an end');
    const found = dueNow({ ...facts, ticket }, new Date(now));
    ticket = { ...ticket, ...found.set };
    const at = (now - nine.getTime()) / minute;
    for (const breach of found.breaches) said.push(`${at} ${breach} ${ticket.level}`);
    if (found.tell) said.push(`${at} tell ${found.tell}`);
    if (found.alert) said.push(`${at} alert`);
  }
  return { said, ticket };
}

test('nobody takes a chat: after a minute a supervisor is called, and again every quarter of an hour; the contact hears how things stand', () => {
  expect(pass(opened(), 50 * minute).said).toEqual([
    '1 first-answer supervisor',
    '3 tell line',
    '10 tell line',
    '16 rung supervisor',
    '30 tell line',
    '31 rung supervisor',
    '46 rung supervisor',
  ]);
});

test('a look that comes again, or late, finds nothing twice', () => {
  const facts = opened();
  const late = new Date(nine.getTime() + 90 * minute);
  const first = dueNow(facts, late);
  expect(first.breaches).toEqual(['first-answer']);
  const again = dueNow({ ...facts, ticket: { ...facts.ticket, ...first.set } }, late);
  expect(again).toEqual({ set: {}, breaches: [], tell: undefined, alert: false });
});

test('the ladder has the rungs and times that the department names', () => {
  const escalation: Department['escalation'] = [
    { level: 'supervisor', within: '1h' },
    { level: 'investigation', within: '72h' },
  ];
  const department = { id: 'complaints', name: {}, escalation, targets: { chat: { firstAnswer: '1h', resolution: '240h' } } };
  const { said } = pass(opened({}, { department }), 100 * hour);
  expect(said.filter((each) => !each.includes('tell'))).toEqual([
    '60 first-answer supervisor',
    '120 rung investigation',
    `${120 + 72 * 60} rung investigation`,
  ]);
});

test('what a person escalated is raised further and is not given back to the operators by that; what the clock had raised stays theirs', () => {
  const escalation: Department['escalation'] = [
    { level: 'supervisor', within: '1h' },
    { level: 'investigation', within: '72h' },
  ];
  const department = { id: 'complaints', name: {}, escalation };
  const operator: Candidate = {
    role: 'agent',
    departments: ['complaints'],
    languages: [],
    presence: 'online',
    capacity: 9,
    disabledAt: null,
    open: 0,
  };
  const raised = (over: Partial<Ticket>) => {
    const { ticket } = pass(opened({ rungDue: new Date(nine.getTime() + hour), ...over }, { department }), 100 * hour);
    return { level: ticket.level, refused: eligible(operator, { ...ticket, department: 'complaints', language: undefined }) };
  };
  expect(raised({ level: 'supervisor', levelBy: null })).toEqual({ level: 'investigation', refused: 'level' });
  expect(raised({ level: 'investigation', levelBy: null })).toEqual({ level: 'investigation', refused: 'level' });
  expect(raised({ level: 'supervisor', levelBy: 'clock' })).toEqual({ level: 'investigation', refused: undefined });
  expect(raised({ level: 'operator', levelBy: null })).toEqual({ level: 'investigation', refused: undefined });
});

test('an agent who has it: who writes again has a deadline for the answer, and an answer in time rests it', () => {
  const answered = { state: 'assigned' as const, firstAnswerAt: nine };
  const quiet = dueNow(opened(answered), nine);
  expect(quiet.set.nextAnswerDue).toBeUndefined();
  const wrote = opened(answered, { waitingSince: nine });
  expect(dueNow(wrote, nine).set.nextAnswerDue).toEqual(new Date(nine.getTime() + 3 * minute));
  const { said, ticket } = pass(wrote, 20 * minute);
  expect(said).toEqual(['3 next-answer supervisor', '18 rung supervisor']);
  const rests = dueNow({ ...wrote, ticket, waitingSince: null }, new Date(nine.getTime() + 21 * minute));
  expect(rests.set).toMatchObject({ nextAnswerDue: null, nextBreachAt: null, rungDue: null });
  expect(rests.breaches).toEqual([]);
});

test('what sleeps is due to nobody until it wakes', () => {
  const slept = opened({ state: 'assigned', firstAnswerAt: nine, nextAnswerDue: nine }, { asleep: true, waitingSince: nine });
  expect(dueNow(slept, new Date(nine.getTime() + hour)).breaches).toEqual([]);
});

test('a resolution that is late is missed once, and has another deadline', () => {
  const facts = opened({ state: 'assigned', firstAnswerAt: nine }, { saidAt: nine });
  const { said } = pass(facts, 25 * hour);
  expect(said.filter((each) => each.includes('resolution'))).toEqual(['720 resolution supervisor', '1440 resolution supervisor']);
});

test('on long cases the contact is told that it goes on, once a day, counted from our last word', () => {
  const said = (saidAt: Date) =>
    pass(opened({ state: 'assigned', firstAnswerAt: nine }, { saidAt }), 50 * hour).said.filter((each) => each.includes('tell'));
  expect(said(nine)).toEqual([`${24 * 60} tell progress`, `${48 * 60} tell progress`]);
  expect(said(new Date(nine.getTime() + 10 * hour))).toEqual([`${34 * 60} tell progress`]);
});

test('by mail nobody is told of a line, and who cannot or must not be written to is told nothing', () => {
  const tells = (facts: Facts) => pass(facts, 30 * hour).said.filter((each) => each.includes('tell'));
  const mail = { urgency: 'normal' as const, tier: null, live: false };
  expect(tells(opened({}, { claimant: mail, saidAt: nine }))).toEqual([`${24 * 60} tell progress`]);
  expect(tells(opened({}, { tellable: false }))).toEqual([]);
});

test('the second on call are alerted when nobody has taken it, and not when somebody has', () => {
  const top = { urgency: 'top' as const, tier: null, live: true };
  const onCallDue = new Date(nine.getTime() + 5 * minute);
  expect(pass(opened({ onCallDue }, { claimant: top }), 10 * minute).said).toContain('5 alert');
  expect(pass(opened({ onCallDue, state: 'assigned' }, { claimant: top }), 10 * minute).said).not.toContain('5 alert');
});

// Nine to six in Berlin, and the night shift of Saturday runs into the Sunday when clocks change.
const berlin: Department = {
  id: 'berlin',
  name: {},
  hours: { zone: 'Europe/Berlin', week: { fri: ['09:00-18:00'], sat: ['22:00-06:00'], mon: ['09:00-18:00'] } },
};

test.each([
  ['forward the shift that began at ten is seven hours long', '2026-03-28T21:00:00Z', '2026-03-30T08:00:00.000Z'],
  ['back it is nine hours long', '2026-10-24T20:00:00Z', '2026-10-25T04:00:00.000Z'],
])('in the night when clocks go %s, and eight hours of work end accordingly', (_, from, expected) => {
  const department = { ...berlin, targets: { mail: { firstAnswer: '8h' } } };
  const claimant = { urgency: 'normal' as const, tier: null, live: false };
  expect(deadlines(claimant, new Date(from), department).firstAnswerDue.toISOString()).toBe(expected);
});

test('while closed nobody is told anything, and nothing is missed; at opening the clock runs', () => {
  const department = { ...berlin };
  const saturday = new Date('2026-03-07T08:00:00Z');
  const claimant = { urgency: 'normal' as const, tier: null, live: true };
  const facts = opened({ ...deadlines(claimant, saturday, department) }, { department });
  expect(facts.ticket.firstAnswerDue.toISOString()).toBe('2026-03-07T21:01:00.000Z');
  const closed = dueNow(facts, new Date('2026-03-07T20:59:00Z'));
  expect([closed.breaches, closed.tell]).toEqual([[], undefined]);
  expect(dueNow(facts, new Date('2026-03-07T21:01:00Z')).breaches).toEqual(['first-answer']);
});

test('top urgency counts by the clock, day and night', () => {
  const claimant = { urgency: 'top' as const, tier: null, live: true };
  const night = new Date('2026-03-05T02:00:00Z');
  expect(deadlines(claimant, night, berlin).firstAnswerDue).toEqual(night);
});

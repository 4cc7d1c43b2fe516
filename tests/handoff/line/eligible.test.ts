import { expect, test } from 'vitest';
import { type Candidate, eligible } from '../../../src/handoff/line/eligible.ts';

const ayla: Candidate = {
  role: 'agent',
  departments: ['finance'],
  languages: ['tr', 'en'],
  presence: 'online',
  capacity: 3,
  disabledAt: null,
  open: 0,
};
const ticket = { department: 'finance', level: 'operator' as const };

test.each([
  ['may take a ticket of their department', ayla, ticket, false, undefined],
  ['not one of another', ayla, { ...ticket, department: 'vip' }, false, 'department'],
  ['a supervisor may', { ...ayla, role: 'supervisor' as const }, { ...ticket, department: 'vip' }, false, undefined],
  ['not an escalated one', ayla, { ...ticket, level: 'supervisor' as const }, false, 'level'],
  [
    'but one that a missed deadline has raised',
    ayla,
    { ...ticket, level: 'supervisor' as const, levelBy: 'clock' as const },
    false,
    undefined,
  ],
  ['in their language', ayla, { ...ticket, language: 'tr' }, false, undefined],
  ['not in one that they do not speak', ayla, { ...ticket, language: 'az' }, false, 'language'],
  ['in any language where none is named', { ...ayla, languages: [] }, { ...ticket, language: 'az' }, false, undefined],
  ['whatever its language once a deadline was missed', ayla, { ...ticket, language: 'az', levelBy: 'clock' as const }, false, undefined],
  ['not while away', { ...ayla, presence: 'away' as const }, ticket, false, 'presence'],
  ['but one that they chose, also while away or full', { ...ayla, presence: 'away' as const, open: 9 }, ticket, true, undefined],
  ['not with all hands full', { ...ayla, open: 3 }, ticket, false, 'capacity'],
  ['never when disabled', { ...ayla, disabledAt: new Date() }, ticket, true, 'disabled'],
])('an agent %s', (_, who, of, chosen, why) => {
  expect(eligible(who, of, chosen)).toBe(why);
});

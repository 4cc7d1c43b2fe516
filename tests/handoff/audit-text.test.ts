import { expect, test } from 'vitest';
import { csvCell, csvLine, jsonLine } from '../../src/handoff/audit-text.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '|cmd', '%0A', '\t=1', '  =1', '\r=1', '=cmd|"/c calc"!A0'])(
  '%j is no formula in a spreadsheet',
  (text) => {
    expect(csvCell(text)).toMatch(/^"'/);
  },
);

test('quotes are doubled, other texts stay as they are', () => {
  expect(csvCell('Ali "the agent", 2026-11-22')).toBe('"Ali ""the agent"", 2026-11-22"');
});

test('a line of each kind', () => {
  const act = {
    id: 1,
    at: new Date('2026-11-22T10:00:00Z'),
    kind: 'agent',
    data: { act: 'changed' },
    agent: '=Ali',
    agentId: 3,
    cursor: '1.1',
  };
  expect(csvLine(act)).toBe('"1","2026-11-22T10:00:00.000Z","agent","3","\'=Ali","","{""act"":""changed""}"\r\n');
  expect(JSON.parse(jsonLine(act))).toEqual({
    id: 1,
    at: '2026-11-22T10:00:00.000Z',
    kind: 'agent',
    data: { act: 'changed' },
    agent: '=Ali',
    agentId: 3,
  });
});

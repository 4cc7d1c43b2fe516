// Reads vitest's JSON report for .ci/run: `count-tests.ts REPORT EXIT-CODE` prints "PASSED FAILED" and says on standard error what counts against us,
// and what passed at its second try only: each of these is a race of the product or of its test, to be found.
import { readFileSync } from 'node:fs';
import process from 'node:process';

interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

/** Where a machine that stands still for a moment is no excuse: nothing lost, nothing doubled. */
const once = /\/tests\/(faults\/|delivery\/invariants\.)/;
/** How many second tries a run may have. */
const mostSecondTries = 3;

const [file = '', code = '1'] = process.argv.slice(2);
const { passed, faults, second } = count(read());
for (const each of second) process.stderr.write(`~ at the second try: ${each}\n`);
for (const fault of faults) process.stderr.write(`✗ ${fault}\n`);
console.log(`${passed} ${faults.length}`);

function read(): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A failure without the frames of the libraries. */
function ours(failure: string): string {
  return failure
    .split('\n')
    .filter((line) => !/^ +at .*node_modules/.test(line))
    .join('\n');
}

function count(report: Report | undefined): { passed: number; faults: string[]; second: string[] } {
  if (!report) return { passed: 0, faults: [`no report in ${file}, exit code ${code}`], second: [] };
  const faults: string[] = [];
  const second: string[] = [];
  let passed = 0;
  for (const { name, status, message, assertionResults } of report.testResults) {
    // A suite that breaks before its first test has no failed tests.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) faults.push(`${name}: ${message}`);
    for (const test of assertionResults) {
      const failures = (test.failureMessages ?? []).map(ours);
      const told = `${test.fullName} (${name})\n${failures.join('\n')}`.trim();
      if (test.status !== 'passed') {
        // Where everything is installed, a skipped test is one that nobody will miss.
        faults.push(`${test.status}: ${told}`);
      } else if (failures.length > 0 && once.test(name)) {
        faults.push(`failed at its first try: ${told}`);
      } else {
        passed++;
        if (failures.length > 0) second.push(told);
      }
    }
  }
  if (second.length > mostSecondTries)
    faults.push(`${second.length} tests passed at their second try only; at most ${mostSecondTries} may`);
  if (code !== '0' && faults.length === 0) faults.push(`exit code ${code} with no failed test: an error outside the tests, or too slow`);
  return { passed, faults, second };
}

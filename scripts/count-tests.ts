// Reads vitest's JSON report for .ci/run: `count-tests.ts REPORT EXIT-CODE` prints "PASSED FAILED" and says on standard error what counts against us.
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

const [file = '', code = '1'] = process.argv.slice(2);
const { passed, faults } = count(read());
for (const fault of faults) process.stderr.write(`✗ ${fault}\n`);
console.log(`${passed} ${faults.length}`);

function read(): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function count(report: Report | undefined): { passed: number; faults: string[] } {
  if (!report) return { passed: 0, faults: [`no report in ${file}, exit code ${code}`] };
  const faults: string[] = [];
  let passed = 0;
  for (const { name, status, message, assertionResults } of report.testResults) {
    // A suite that breaks before its first test has no failed tests.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) faults.push(`${name}: ${message}`);
    for (const test of assertionResults) {
      if (test.status === 'passed') passed++;
      // Where everything is installed, a skipped test is one that nobody will miss.
      else faults.push(`${test.status}: ${test.fullName} (${name})\n${(test.failureMessages ?? []).join('\n')}`.trim());
    }
  }
  if (code !== '0' && faults.length === 0) faults.push(`exit code ${code} with no failed test: an error outside the tests, or too slow`);
  return { passed, faults };
}

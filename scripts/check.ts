// `npm run check`: every static check, none of which starts a server. A tool that is meant to fail on known-bad code is shown to do so first,
// because such tools go blind without a word (a renamed option, an import they no longer resolve).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';

const house = path.resolve(import.meta.dirname, '..');
const bad = path.join(house, 'tests/house/bad');
const cruiser = path.join(house, '.dependency-cruiser.cjs');

/** A tool, what it must say about known-bad code, and its command for the house. */
interface Check {
  name: string;
  bad?: { command: string[]; cwd?: string; says: string[] };
  command: string[];
}

const importRules: string[] = createRequire(import.meta.url)(cruiser).forbidden.map((rule: { name: string }) => rule.name);

const checks: Check[] = [
  {
    name: 'types',
    bad: { command: ['tsc', '-p', 'tests/house/bad/types'], says: ['TS1294', 'TS2322'] },
    command: ['tsc', '-p', '.'],
  },
  { name: 'types of the browser', command: ['tsc', '-p', 'web'] },
  { name: 'types of its tests', command: ['tsc', '-p', 'tests/browser'] },
  {
    name: 'style',
    bad: { command: ['biome', 'lint', '--config-path=tests/house/bad/lint/rules.json', 'tests/house/bad/lint'], says: ['noUnusedImports'] },
    command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=100'],
  },
  {
    name: 'one-way rule',
    bad: {
      command: ['depcruise', 'src', 'web', '--config', cruiser, '--output-type', 'err'],
      cwd: bad,
      says: importRules.map((rule) => ` ${rule}:`),
    },
    command: ['depcruise', 'src', 'web', '--config', cruiser],
  },
  { name: 'house rules', command: ['node', 'scripts/house/main.ts'] },
  {
    name: 'unused code',
    bad: { command: ['knip', '--directory', 'tests/house/bad/unused', '--no-progress'], says: ['orphan.ts', 'unused'] },
    command: ['knip', '--no-progress'],
  },
];

const summary: string[] = [];
let failed = 0;
for (const check of checks) {
  const started = Date.now();
  const faults = await run(check);
  if (faults) {
    failed++;
    console.log(`\n── ${check.name} ──\n${faults}`);
  }
  summary.push(`${faults ? '✗' : '✓'} ${check.name.padEnd(22)} ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`\n${summary.join('\n')}\nchecks: ${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/** What is wrong, or an empty string. */
async function run({ bad, command }: Check): Promise<string> {
  if (bad) {
    const { code, output } = await tool(bad.command, bad.cwd);
    const missing = bad.says.filter((word) => !output.includes(word));
    if (code === 0 || missing.length)
      return `The tool is blind: on known-bad code it does not say ${missing.join(', ')}.\n${output.slice(0, 2000)}`;
  }
  const { code, output } = await tool(command);
  return code === 0 ? '' : output || `ended with code ${code}`;
}

async function tool([name = '', ...args]: string[], cwd = house): Promise<{ code: number | null; output: string }> {
  const file = name === 'node' ? process.execPath : path.join(house, 'node_modules/.bin', name);
  const child = spawn(file, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const ended = once(child, 'close');
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: `${out}${err}`.trim() };
}

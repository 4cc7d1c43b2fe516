import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../config.ts';
import { isFault } from '../errors.ts';
import { type CommandName, helpOn, helps, listCommands } from './help.ts';

/** Where a command's words go. */
export interface Streams {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown };
}

/** The code of each command, loaded only when it is called. Resolves to the exit code; none where the process goes on. */
const commands: Record<CommandName, (argv: string[]) => Promise<number | undefined>> = {
  start: async (argv) => {
    takeNothing(argv);
    await (await import('../main.ts')).main();
    return undefined;
  },
  doctor: async (argv) => {
    takeNothing(argv);
    return (await import('./doctor.ts')).doctor();
  },
  ask: async (argv) => (await import('./ask.ts')).ask(argv),
  match: async (argv) => (await import('./match.ts')).match(argv, process.stdin, process.stdout),
  'kb check': async (argv) => (await import('./kb-check.ts')).kbCheck(argv),
  'kb test': async (argv) => (await import('./kb-test.ts')).kbTest(argv),
  'kb gaps': async (argv) => (await import('./kb-gaps.ts')).kbGaps(argv),
  'agent add': async (argv) => (await import('./agent-add.ts')).agentAdd(argv),
  'agent link': async (argv) => (await import('./agent-link.ts')).agentLink(argv),
  announce: async (argv) => (await import('./announce.ts')).announce(argv),
  notice: async (argv) => (await import('./notice.ts')).notice(argv),
  erase: async (argv) => (await import('./erase.ts')).erase(argv),
  'rotate-key': async (argv) => (await import('./rotate-key.ts')).rotateKeyCommand(argv),
};

/** Runs `destek` with these words. Exit codes: 0 done, 1 a fault, 2 called wrongly (then it says how it is called). */
export async function call(argv: string[], { out, err }: Streams): Promise<number | undefined> {
  const asked = argv.some((word) => word === '--help' || word === '-h') || argv[0] === 'help';
  const words = argv.filter((word, at) => !['--help', '-h'].includes(word) && !(at === 0 && word === 'help'));
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((each): each is CommandName => Object.hasOwn(helps, each));
  if (asked && name) {
    out.write(helpOn(name, true));
    return 0;
  }
  if (!name && words[0] === '--version') {
    const about = await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8');
    out.write(`${(JSON.parse(about) as { version: string }).version}\n`);
    return 0;
  }
  if (!name) {
    if (words.length === 0) {
      out.write(listCommands());
      return 0;
    }
    const near = Object.keys(helps).filter((each) => each.startsWith(`${words[0]} `));
    err.write(
      near.length > 0
        ? `destek ${words.join(' ')}: say which: ${near.map((each) => `destek ${each}`).join(', ')}.\n`
        : `destek: there is no command “${words[0]}”.\n\n${listCommands()}`,
    );
    return 2;
  }
  try {
    loadEnvFile();
    return await commands[name](argv.slice(name.split(' ').length));
  } catch (error) {
    const wrong = wrongCall(error);
    if (wrong) err.write(`destek ${name}: ${wrong}\n\n${helpOn(name)}`);
    else err.write(isFault(error) ? `destek ${name}: ${error.message}\n` : `${error instanceof Error ? error.stack : error}\n`);
    return wrong ? 2 : 1;
  }
}

/** What is wrong with the call itself, in words; undefined where the call was right. */
function wrongCall(error: unknown): string | undefined {
  if (isFault(error)) return error.code === 'call.wrong' ? error.message : undefined;
  const { code, message } = error as NodeJS.ErrnoException;
  // What Node adds on how to pass such a word all the same helps nobody here.
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_') ? message.split('. ')[0]?.concat('.') : undefined;
}

function takeNothing(argv: string[]): void {
  parseArgs({ args: argv, options: {} });
}

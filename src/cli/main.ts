import process from 'node:process';
import { isFault } from '../errors.ts';

/** A command: what it is for, and its code, loaded only when it is called. Resolves to the exit code. */
interface Command {
  usage: string;
  run(argv: string[]): Promise<number | undefined>;
}

const commands: Record<string, Command> = {
  start: {
    usage: 'start                            start Destek (what npm start does)',
    run: async () => void (await (await import('../main.ts')).main()),
  },
  ask: {
    usage: 'ask "…" [--why] [--knowledge DIR]   what the bot would answer, and why',
    run: async (argv) => (await import('./ask.ts')).ask(argv),
  },
  match: {
    usage: 'match [--knowledge DIR]          JSON lines in, decisions out',
    run: async (argv) => (await import('./match.ts')).match(argv, process.stdin, process.stdout),
  },
  'kb check': {
    usage: 'kb check [DIR]                   every fault of the knowledge, with file and line',
    run: async (argv) => (await import('./kb-check.ts')).kbCheck(argv),
  },
  'kb test': {
    usage: 'kb test FILE…                    figures of labelled messages, by language and style',
    run: async (argv) => (await import('./kb-test.ts')).kbTest(argv),
  },
  'kb gaps': {
    usage: 'kb gaps                          unanswered messages, grouped, with the nearest topic',
    run: async (argv) => (await import('./kb-gaps.ts')).kbGaps(argv),
  },
  'agent add': {
    usage: 'agent add E-MAIL "NAME"          add somebody to the desk',
    run: async (argv) => (await import('./agent-add.ts')).agentAdd(argv),
  },
  announce: {
    usage: 'announce                         publish on channels and above the chat; list, stop, go on',
    run: async (argv) => (await import('./announce.ts')).announce(argv),
  },
  notice: {
    usage: 'notice                           what the bot says before its answers on some topics; list, end',
    run: async (argv) => (await import('./notice.ts')).notice(argv),
  },
  erase: {
    usage: 'erase CONTACT                    destroy a contact’s key and rows',
    run: async (argv) => (await import('./erase.ts')).erase(argv),
  },
  'rotate-key': {
    usage: 'rotate-key                       seal everything anew under another SECRET_KEY',
    run: async () => (await import('./rotate-key.ts')).rotateKeyCommand(),
  },
  doctor: {
    usage: 'doctor                           try every configured server and say what is wrong',
    run: async () => (await import('./doctor.ts')).doctor(),
  },
};

const argv = process.argv.slice(2);
const name = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find((each) => commands[each]);
if (!name) {
  const asked = argv.length > 0 && !['help', '--help', '-h'].includes(argv[0] ?? '');
  const list = `Usage: destek COMMAND\n\n${Object.values(commands)
    .map(({ usage }) => `  ${usage}`)
    .join('\n')}\n`;
  (asked ? process.stderr : process.stdout).write(asked ? `destek: there is no command “${argv[0]}”.\n\n${list}` : list);
  process.exitCode = asked ? 2 : 0;
} else {
  try {
    process.exitCode = (await commands[name]?.run(argv.slice(name.split(' ').length))) ?? process.exitCode;
  } catch (error) {
    process.stderr.write(isFault(error) ? `destek ${name}: ${error.message}\n` : `${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  }
}

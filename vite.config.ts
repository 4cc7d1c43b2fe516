import { existsSync } from 'node:fs';
import path from 'node:path';
import { type BuildEnvironmentOptions, defineConfig } from 'vite';
import { chatFile } from './web/build/chat-file.ts';
import { deskWords } from './web/build/desk-words.ts';
import { launcherWords } from './web/build/launcher-words.ts';
import { websocketOnly } from './web/build/websocket-only.ts';

const web = path.join(import.meta.dirname, 'web');
const desk = path.join(web, 'desk', 'index.html');

/** Pages and the modules they load, with their hash in the name. */
function pages(input: Record<string, string>, emptyOutDir: boolean): BuildEnvironmentOptions {
  return {
    outDir: path.join(import.meta.dirname, 'dist'),
    emptyOutDir,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input,
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  };
}

// `vite build` makes of web/: the page on `/`, the open chat for other sites, the launcher (dist/widget.js, one classic script that any site may
// include and that knows the name of the chat's file), the pages of the help, the page for documents, and the desk. Each is a build of its own, so that none carries anything of another.
export default defineConfig({
  root: web,
  // Relative: on another site, the chat's chunks are loaded from where the script came from.
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [chatFile(), deskWords(), launcherWords(), websocketOnly()],
  environments: {
    client: { build: pages({ page: path.join(web, 'index.html') }, true) },
    chat: { consumer: 'client', build: pages({ chat: path.join(web, 'widget', 'chat.tsx') }, false) },
    launcher: {
      consumer: 'client',
      build: {
        ...pages({}, false),
        target: 'es2020',
        rolldownOptions: {
          input: { widget: path.join(web, 'widget', 'launcher.ts') },
          output: { format: 'iife', entryFileNames: 'widget.js' },
        },
      },
    },
    // What the server writes pages of the help into: its style and icon, with places for head and body.
    help: { consumer: 'client', build: pages({ help: path.join(web, 'help', 'index.html') }, false) },
    upload: { consumer: 'client', build: pages({ upload: path.join(web, 'upload', 'index.html') }, false) },
    // The page of one-time links has an address of its own: /desk/welcome.
    desk: { consumer: 'client', build: pages({ desk, welcome: path.join(web, 'desk', 'welcome', 'index.html') }, false) },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'chat', 'launcher', 'help', 'upload', ...(existsSync(desk) ? ['desk'] : [])]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});

import { defineConfig } from 'vite';
import { builtChat } from './web/built-chat.ts';

const chat = builtChat();

// `vite build` makes two things of web/: the pages and the open chat (ES modules, dist/assets) and the launcher (dist/widget.js,
// one classic script that any page may include, which knows the name of the chat's file).
export default defineConfig({
  root: 'web',
  // Relative: on another site, the chat's chunks are loaded from where the script came from.
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [chat.reader],
  environments: {
    client: {
      build: {
        outDir: '../dist',
        emptyOutDir: true,
        target: 'es2022',
        modulePreload: false,
        cssMinify: true,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: chat.inputs(),
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
        },
      },
    },
    launcher: {
      consumer: 'client',
      build: {
        outDir: '../dist',
        emptyOutDir: false,
        target: 'es2020',
        modulePreload: false,
        rolldownOptions: { input: { widget: 'web/widget/launcher.ts' }, output: { format: 'iife', entryFileNames: 'widget.js' } },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'launcher']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});

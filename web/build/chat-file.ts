import type { Plugin } from 'vite';

/** Tells the launcher's build under which name (with its hash) the open chat was built before: `import file from 'virtual:chat-file'`. */
export function chatFile(): Plugin {
  let file = '';
  return {
    name: 'destek:chat-file',
    sharedDuringBuild: true,
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'chat') file = chunk.fileName;
    },
    resolveId: (id) => (id === 'virtual:chat-file' ? `\0${id}` : undefined),
    load: (id) => (id === '\0virtual:chat-file' ? `export default ${JSON.stringify(file)};` : undefined),
  };
}

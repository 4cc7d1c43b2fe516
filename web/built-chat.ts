import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Tells the launcher's build under which name (with its hash) the open chat was built: `import file from 'virtual:chat-file'`. */
export function builtChat(): { reader: Plugin; inputs(): Record<string, string> } {
  const web = import.meta.dirname;
  let file = '';
  return {
    /** Every page in web/ (index.html, desk.html, …) and the chat. */
    inputs() {
      const pages = readdirSync(web).filter((name) => name.endsWith('.html'));
      const desk = existsSync(path.join(web, 'desk', 'index.html')) ? { desk: path.join(web, 'desk', 'index.html') } : {};
      return { chat: path.join(web, 'widget', 'chat.tsx'), ...Object.fromEntries(pages.map((name) => [name.replace('.html', ''), path.join(web, name)])), ...desk };
    },
    reader: {
      name: 'destek:built-chat',
      sharedDuringBuild: true,
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'chat') file = chunk.fileName;
      },
      resolveId: (id) => (id === 'virtual:chat-file' ? `\0${id}` : undefined),
      load: (id) => (id === '\0virtual:chat-file' ? `export default ${JSON.stringify(file)};` : undefined),
    },
  };
}

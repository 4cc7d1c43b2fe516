import { startTestApp } from '../../setup/app.ts';
import { visit } from '../../setup/visitor.ts';
import type { ChannelUnderTest } from '../contract.ts';

/** The web chat with contacts of a double, for what every channel must do. `settings`: more of the app. */
export async function openWeb(settings: Record<string, string> = {}): Promise<ChannelUnderTest> {
  const app = await startTestApp(settings);
  const visitors: { close(): void }[] = [];
  return {
    app,
    async contact() {
      const visitor = await visit(app.url, { language: 'en' });
      visitors.push(visitor);
      return {
        write: async (text, id) => void (await visitor.send(text, { id })),
        async press(label) {
          const choice = visitor.messages.flatMap(({ choices }) => choices ?? []).findLast((each) => each.label.match(label));
          if (!choice) throw new Error(`no choice says ${label}`);
          await visitor.send(choice.label, { choice: choice.id });
        },
        arrived: () => visitor.messages.filter(({ author }) => author !== 'contact').map(({ text }) => text),
      };
    },
    async end() {
      for (const visitor of visitors) visitor.close();
      await app.end();
    },
  };
}

import type { ChannelUnderTest } from '../contract.ts';
import { startMailApp } from './mail-app.ts';

/** E-mail with people who have mail programs, for what every channel must do. `settings`: more of the app. */
export async function openEmail(settings: Record<string, string> = {}): Promise<ChannelUnderTest> {
  const { app, person, end } = await startMailApp(settings);
  return { app, contact: async () => person(), end };
}

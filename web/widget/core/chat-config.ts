import type { ChatConfig } from '../../../src/bots/web/protocol.ts';
import type { ChatParts } from './chat.ts';
import { fetchJson } from './fetch-json.ts';

/** Between two tries, milliseconds. */
const againMs = 5_000;

/** A chat's configuration, asked for until it is there; undefined where the chat was closed meanwhile. `missed`: it could not be had, and is asked for again. */
export async function fetchConfig(
  { server, keep, language }: ChatParts,
  { closed, missed }: { closed(): boolean; missed(): void },
): Promise<ChatConfig | undefined> {
  while (!closed()) {
    try {
      return await fetchJson<ChatConfig>(server, '/chat/config', { language: keep.get('language') ?? language });
    } catch {
      if (!closed()) missed();
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
  return undefined;
}

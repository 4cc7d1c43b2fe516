import { type Signal, signal } from '@preact/signals';
import type { Banners as Announced } from '../../../src/bots/web/protocol.ts';
import type { Chat } from './chat.ts';
import { fetchJson } from './fetch-json.ts';

type Banner = Announced['banners'][number];

/** The announcements of a server that this browser has not closed. */
export interface Banners {
  shown: Signal<Banner[]>;
  /** Asks anew, in the language of the screen; without an answer what is shown stays. */
  refresh(language: string): Promise<void>;
  /** Closes one for good on this browser. */
  dismiss(id: number): void;
}

/** Opens the announcements of a chat's server. */
export function openBanners({ server, keep }: Pick<Chat, 'server' | 'keep'>): Banners {
  const shown = signal<Banner[]>([]);
  const closed = () => (keep.get('banners') ?? '').split(',').map(Number);
  return {
    shown,
    async refresh(language) {
      const found = await fetchJson<Announced>(server, '/chat/banner', { language }).catch(() => undefined);
      if (found) shown.value = found.banners.filter(({ id }) => !closed().includes(id));
    },
    dismiss(id) {
      keep.set('banners', [...closed(), id].slice(-50).join(','));
      shown.value = shown.peek().filter((banner) => banner.id !== id);
    },
  };
}

import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { language, say } from '../../ui/words.ts';
import { openBanners } from '../core/banners.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';

const againMs = 60_000;

/** The newest announcement above everything, while the chat is open; it can be closed. */
export function BannerBar({ stage, chat }: { stage: Stage; chat: Chat }) {
  const banners = useMemo(() => openBanners(chat), [chat]);
  const code = language.value;
  const open = stage.open.value;
  useEffect(() => {
    if (!open) return;
    const ask = () => void (document.hidden || banners.refresh(code));
    ask();
    const timer = setInterval(ask, againMs);
    return () => clearInterval(timer);
  }, [banners, code, open]);
  const [banner] = banners.shown.value;
  return (
    <div role="status" class="banners">
      {banner && (
        <div class="banner" key={banner.id}>
          <Icon name="announce" />
          <div>
            <MarkedUp text={banner.text} />
          </div>
          <button type="button" class="round" aria-label={say('banner_close')} onClick={() => banners.dismiss(banner.id)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

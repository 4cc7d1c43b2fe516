import { useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Uploads } from '../core/uploads.ts';

/** Opens the device's own choice of files. */
export function AttachButton({ uploads, accept }: { uploads: Uploads; accept: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        onChange={(event) => {
          uploads.add(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="round" aria-label={say('attach')} onClick={() => input.current?.click()}>
        <Icon name="attach" />
      </button>
    </>
  );
}

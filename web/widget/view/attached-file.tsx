import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';

type File = NonNullable<ChatMessage['attachments']>[number];

/** A file of a message: a picture to look at, else its name; the whole file opens beside the page. */
export function AttachedFile({ file, server }: { file: File; server: string }) {
  const address = file.url && URL.canParse(file.url, `${server}/`) ? new URL(file.url, `${server}/`) : undefined;
  const picture = address && /^image\/(png|jpeg|webp|gif)$/.test(file.type);
  return (
    <p class="file">
      {!picture && <Icon name="attach" />}
      {address && /^https?:$/.test(address.protocol) ? (
        <a href={address.href} target="_blank" rel="noopener noreferrer">
          {picture ? <img src={address.href} alt={file.name} loading="lazy" /> : file.name}
        </a>
      ) : (
        file.name
      )}
      {file.refused && <em>{file.refused}</em>}
    </p>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Upload, Uploads } from '../core/uploads.ts';

/** The files that go with the next message: how far they are, what is wrong with them, and how to take them away. */
export function Attachments({ uploads }: { uploads: Uploads }) {
  if (uploads.items.value.length === 0) return null;
  return (
    <ul class="uploads" aria-label={say('attach')}>
      {uploads.items.value.map((upload) => (
        <li key={upload.key} class={upload.failed ? 'failed' : ''}>
          <Preview file={upload.file} />
          <div>
            <span class="file-name">{upload.file.name}</span>
            <Progress upload={upload} />
          </div>
          {upload.failed && !upload.refused && (
            <button type="button" onClick={() => uploads.retry(upload.key)}>
              {say('retry')}
            </button>
          )}
          <button
            type="button"
            class="round"
            aria-label={`${say('file_cancel')}: ${upload.file.name}`}
            onClick={() => uploads.remove(upload.key)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Progress({ upload }: { upload: Upload }) {
  if (upload.failed) return <span role="alert">{upload.failed}</span>;
  if (upload.id) return <span role="status">{say('file_ready')}</span>;
  if (upload.waiting) return <span role="status">{say('file_offline')}</span>;
  return <progress value={upload.progress} aria-label={say('file_progress', { name: upload.file.name })} />;
}

/** A small picture of an image, painted on a canvas: a page's policy may forbid images from memory, but not paint. A mark where it cannot be. */
function Preview({ file }: { file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isImage, setIsImage] = useState(/^image\/(png|jpeg|webp|gif)$/.test(file.type));
  useEffect(() => {
    if (!isImage) return;
    void createImageBitmap(file, { resizeHeight: 88, resizeQuality: 'medium' })
      .then((picture) => {
        const [element, side] = [canvas.current, Math.min(picture.width, picture.height)];
        element?.getContext('2d')?.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, 88, 88);
      })
      .catch(() => setIsImage(false));
  }, [file]);
  return isImage ? <canvas ref={canvas} width={88} height={88} /> : <Icon name="attach" />;
}

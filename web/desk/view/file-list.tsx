import type { DeskFile } from '../../../src/server/desk/talk-protocol.ts';
import { fileSize } from '../core/file-size.ts';
import { showPdf } from '../core/show-pdf.ts';
import { nameOf, say } from '../words.ts';
import { Icon } from './icon.tsx';

/** The files of a message: a picture where there is one, a way to download, or why nobody can open it. */
export function FileList({ files }: { files: DeskFile[] }) {
  return (
    <ul class="files">
      {files.map((file, n) => (
        <li key={file.id ?? n} class="file">
          <File file={file} />
        </li>
      ))}
    </ul>
  );
}

function File({ file }: { file: DeskFile }) {
  const { id, name, size, type } = file;
  const why = closed(file);
  const about = [fileSize(size), file.identity && say('file_identity'), file.scan === 'not-scanned' && say('file_not_scanned')];
  if (!id || why)
    return (
      <>
        <Icon name="file" />
        <span>
          {name}
          <small>{why}</small>
        </span>
      </>
    );
  return (
    <>
      {file.preview && !file.identity && (
        <a href={`/api/desk/files/${id}`} target="_blank" rel="noreferrer" class="picture">
          <img src={`/api/desk/files/${id}/preview`} alt={say('file_view', { name })} loading="lazy" />
        </a>
      )}
      <a href={`/api/desk/files/${id}`} download={name}>
        <Icon name="file" />
        <span>
          {name}
          <small>{about.filter(Boolean).join(' · ')}</small>
        </span>
      </a>
      {type === 'application/pdf' && (
        <button type="button" class="quiet" onClick={() => void showPdf(`/api/desk/files/${id}`)}>
          {say('file_view', { name })}
        </button>
      )}
    </>
  );
}

function closed({ id, refused, state }: DeskFile): string | undefined {
  if (state === 'quarantined') return say('file_quarantined');
  if (state === 'removed') return say('file_removed');
  if (refused || !id) return say('file_not_taken', { why: nameOf('refused', refused ?? 'unavailable') });
  return undefined;
}

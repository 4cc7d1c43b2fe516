import type { Uploads } from '../core/uploads.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

interface Props {
  /** What is at the server already. */
  files: { id: string; name: string }[];
  uploads: Uploads;
  remove(id: string): void;
}

/** The files of a reply: on their way, there, or refused. */
export function Attached({ files, uploads, remove }: Props) {
  const coming = uploads.items.value;
  if (files.length === 0 && coming.length === 0) return null;
  return (
    <ul class="attached" aria-label={say('attached')}>
      {files.map(({ id, name }) => (
        <Chip key={id} name={name} remove={() => remove(id)} />
      ))}
      {coming.map(({ key, name, progress, failed }) => (
        <Chip key={key} name={name} progress={failed ? undefined : progress} failed={failed} remove={() => uploads.remove(key)} />
      ))}
    </ul>
  );
}

function Chip({ name, progress, failed, remove }: { name: string; progress?: number; failed?: string; remove(): void }) {
  return (
    <li class={failed ? 'chip bad' : 'chip'}>
      <Icon name={failed ? 'fault' : 'clip'} />
      <span class="file">{name}</span>
      {failed && <span role="alert">{failed}</span>}
      {progress !== undefined && <progress value={progress} aria-label={say('uploading', { name })} />}
      <button type="button" class="round small" aria-label={say('remove_file', { name })} onClick={remove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

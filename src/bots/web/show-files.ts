import type { Host } from '../../conversation/channel.ts';
import type { ShowFile } from './parse.ts';

/** How files stand in a tab: by a signed link, or by why one was refused, in the contact's language. */
export function showFiles(host: Host, language: string): ShowFile {
  return { link: host.files.link, refusal: (code) => host.files.why(language, code) };
}

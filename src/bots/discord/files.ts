import type { APIAttachment, APIMessage, RawFile } from 'discord.js';
import { type GivenFile, type Host, Undeliverable } from '../../conversation/channel.ts';
import type { Attachment } from '../../conversation/message.ts';
import { pause } from '../../pause.ts';

/** A file as Discord offers it. `url` dies within a day. */
export interface InboundFile {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  url: string;
}

/** Most files of one message, and what bots may upload. */
export const mostFiles = 10;
export const mostUploadBytes = 10 * 1024 * 1024;

const again = [500, 2_000];
const withinMs = 60_000;

/** The files and stickers of a message. */
export function filesOf({ attachments, sticker_items }: Pick<APIMessage, 'attachments' | 'sticker_items'>): InboundFile[] {
  const files = (attachments ?? []).map((file: APIAttachment) => ({
    name: file.title ?? file.filename,
    type: file.content_type ?? 'application/octet-stream',
    size: file.size,
    url: file.url,
  }));
  const stickers = (sticker_items ?? []).map(({ name }) => ({ name, type: 'image/x-sticker', size: 0, url: '' }));
  return [...files, ...stickers];
}

/** What is kept of a message's files, in order: their bytes, copied at receipt, because Discord's own address of them dies; or why not. */
export async function keepFiles(files: InboundFile[], address: string, host: Host): Promise<Attachment[]> {
  if (files.length === 0) return [];
  const given = files.map(({ name, type, size, url }): GivenFile => ({ name, type, size: size || undefined, bytes: () => download(url) }));
  const kept = await host.files.keep(given, { address });
  // A sticker is no file, but the person did say something.
  return kept.map((each, n) => (files[n]?.url === '' ? { ...each, refused: 'unsupported' } : each));
}

/** Kept files as Discord takes them with a message. */
export async function rawFiles(attachments: Attachment[], host: Pick<Host, 'files'>): Promise<RawFile[]> {
  return Promise.all(
    attachments.map(async ({ file }) => {
      const kept = file === undefined ? undefined : await host.files.open(file);
      if (!kept) throw new Undeliverable('file-gone');
      if (kept.size > mostUploadBytes) throw new Undeliverable('too-large');
      return { name: kept.name, data: kept.bytes, contentType: kept.type };
    }),
  );
}

// Where it fails for long the file is done without: what the person wrote beside it must not wait.
async function download(url: string): Promise<Buffer | undefined> {
  if (url === '') return undefined;
  for (const waitMs of [...again, undefined]) {
    const response = await fetch(url, { signal: AbortSignal.timeout(withinMs) }).catch(() => undefined);
    const bytes = response?.ok ? await response.arrayBuffer().catch(() => undefined) : undefined;
    if (bytes) return Buffer.from(bytes);
    if (response?.status === 404 || response?.status === 403 || waitMs === undefined) return undefined;
    await pause(waitMs);
  }
  return undefined;
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../errors.ts';
import type { BytesPlace } from './bytes.ts';

/** Sealed bytes in a folder, by the first two letters of their ids; made when first written to. */
export function bytesInFolder(root: string): BytesPlace {
  const place = (id: string) => {
    if (!/^[\w-]{8,64}(\.[a-z]{1,16})?$/.test(id)) throw new Error('not the id of a file');
    return path.join(root, id.slice(0, 2), id);
  };
  return {
    async write(id, bytes) {
      const target = place(id);
      const half = `${target}.${randomUUID()}`;
      try {
        await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        const file = await open(half, 'wx', 0o600);
        await file
          .writeFile(bytes)
          .then(() => file.sync())
          .finally(() => file.close());
        // Under its name there is only what is whole.
        await rename(half, target);
      } catch (error) {
        await rm(half, { force: true }).catch(() => undefined);
        throw unwritable(root, error);
      }
    },
    async read(id) {
      return readFile(place(id)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw unwritable(root, error);
      });
    },
    async remove(id) {
      await rm(place(id), { force: true }).catch((error) => {
        throw unwritable(root, error);
      });
    },
    async check() {
      await mkdir(root, { recursive: true, mode: 0o700 }).catch((error) => {
        throw unwritable(root, error);
      });
      return `files lie sealed in ${root}`;
    },
  };
}

function unwritable(root: string, error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new Fault(
    'store.unavailable',
    `The folder of files ${root} cannot be used: ${code}.`,
    'Make room there, or give this account the right to it.',
  );
}

import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPreviews, shrink } from '../../src/files/preview.ts';
import { createLog } from '../../src/log.ts';
import type { attachment } from '../../src/store/schema.ts';
import { type FilesUnderTest, openFiles } from './place.ts';

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#0a7' } });
let under: FilesUnderTest;
beforeAll(async () => {
  under = await openFiles();
});
afterAll(() => under.end());

test('a preview is smaller, stands upright and tells nothing of what the camera wrote', async () => {
  const photo = await picture(3_000, 2_000)
    .withExif({ IFD0: { Artist: 'Somebody', Orientation: '6' }, IFD3: { GPSLatitude: '41/1 0/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const preview = await shrink(photo);
  const { exif, format, width, height } = await sharp(preview).metadata();
  expect({ exif, format, width, height }).toEqual({ exif: undefined, format: 'webp', width: 1_067, height: 1_600 });
  expect(preview.includes('Somebody')).toBe(false);
});

test.each([
  ['a vector picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a PDF', Buffer.from('%PDF-1.7\n%%EOF')],
  ['bytes without sense', Buffer.from('0102', 'hex')],
])('%s has none, though the library could read it or break over it', async (_, bytes) => {
  await expect(shrink(bytes)).rejects.toThrow('the child ended');
});

test('a preview is made once, sealed, and not tried again where it cannot be made', async () => {
  const { store, place, secret, files } = under;
  const preview = createPreviews({ db: store.db, place, secret, log: createLog('silent') });
  const png = await picture(40, 30).png().toBuffer();
  const cut = png.subarray(0, 60);
  const [good, bad] = await files.keep(
    [
      { name: 'a.png', bytes: png },
      { name: 'b.png', bytes: cut },
    ],
    { channel: 'web', address: 'v' },
  );
  const row = async (id: string | undefined) =>
    (await store.pool.query('select * from attachment where id = $1', [id])).rows[0] as typeof attachment.$inferSelect;
  const first = await preview(await row(good?.file));
  expect((await row(good?.file)).preview).toBe('ready');
  expect((await place.read(`${good?.file}.preview`))?.includes(first as Buffer)).toBe(false);
  expect((await preview(await row(good?.file)))?.equals(first as Buffer)).toBe(true);
  expect(await preview(await row(bad?.file))).toBeUndefined();
  expect((await row(bad?.file)).preview).toBe('failed');
});

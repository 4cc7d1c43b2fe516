import sharp from 'sharp';
import { expect, test } from 'vitest';
import { shrink } from '../../src/files/preview.ts';

test('a picture that unfolds to more memory than the child may have ends the child alone', async () => {
  // Interlaced: it cannot be read line by line.
  const bomb = await sharp({ create: { width: 15_500, height: 15_500, channels: 4, background: '#0a78' }, limitInputPixels: false })
    .png({ progressive: true, compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(20_000_000);
  const before = process.memoryUsage().rss;
  await expect(shrink(bomb)).rejects.toThrow('the child ended');
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
}, 120_000);

// Runs in a process of its own (files/preview.ts), under limits and without secrets: what a crafted picture breaks, it breaks here.
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';

sharp.cache(false);
sharp.concurrency(1);
// Only the readers of pictures that we keep; libvips knows many more.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'] });

const picture = await buffer(process.stdin);
// Turned as the camera says, and then nothing of what the camera says is written: place, time, device.
const preview = await sharp(picture, { limitInputPixels: 250_000_000, sequentialRead: true, failOn: 'error', pages: 1 })
  .autoOrient()
  .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
  .webp({ quality: 80 })
  .toBuffer();
process.stdout.write(preview);

import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { createTelegramChannel } from '../../../src/bots/telegram/index.ts';
import { createAnnouncementLane } from '../../../src/delivery/announcement-lane.ts';
import { createLog } from '../../../src/log.ts';
import { openStore } from '../../../src/store/connection.ts';
import { token } from './double.ts';

// A process that moves the lane of announcements and does nothing else, twenty places a second where the product takes one: to be killed.
const log = createLog('error');
const { db } = openStore(process.env.DATABASE_URL ?? '', log, 4);
const channel = createTelegramChannel({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: process.env.TELEGRAM_API_ROOT, ROLES: [] });
const step = createAnnouncementLane({ db, channels: channel ? [channel] : [], log });
for (;;) {
  await step();
  await setTimeout(45);
}

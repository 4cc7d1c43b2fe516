import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where the machine has Chromium; empty: nowhere. */
export const chromiumPath =
  [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (place) => place && existsSync(place),
  ) ?? '';

/** Starts the machine's Chromium, headless and without talking to anybody outside. */
export function startChromium(): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', ...quiet] });
}

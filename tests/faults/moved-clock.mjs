// Preloaded (node --import) into a process under test: its wall clock follows the number of milliseconds in the file MOVED_CLOCK.
import { readFileSync } from 'node:fs';

const Real = Date;
let moved = 0;
setInterval(() => {
  try {
    moved = Number(readFileSync(process.env.MOVED_CLOCK, 'utf8')) || 0;
  } catch {
    moved = 0;
  }
}, 100).unref();

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Real.now() + moved);
  }
  static now() {
    return Real.now() + moved;
  }
};

import { type FSWatcher, watch } from 'node:fs';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { faultLine, type KnowledgeFault } from './fault.ts';
import { listFolder } from './folder.ts';
import { hasError, loadKnowledge } from './load.ts';
import type { Knowledge } from './topic.ts';

/** The knowledge in force: a folder that is read again whenever it changes. */
export interface KnowledgeSource {
  /** The last knowledge that had no error. */
  current(): Knowledge;
  /** What is wrong with the folder as it is now; an error among them means that `current` is an older state. */
  faults(): KnowledgeFault[];
  /** Calls back with every new version that has no error; returns what ends it. */
  onChange(callback: (knowledge: Knowledge) => void): () => void;
  stop(): void;
}

/** How eagerly a folder is watched, in milliseconds. */
export interface Pace {
  /** Rest after a change before the folder is read, for editors that write by steps. Default 200. */
  settleMs?: number;
  /** Between looks at sizes and dates, where the system reports no changes (network disks, links). Default 5000. */
  pollMs?: number;
}

/**
 * Loads a folder and keeps watching it. A change with an error is logged and reported, and the old knowledge stays.
 * Throws Fault `knowledge.invalid`, with every fault, when the folder has an error at the start.
 */
export async function createKnowledgeSource(dir: string, log: Log, { settleMs = 200, pollMs = 5000 }: Pace = {}): Promise<KnowledgeSource> {
  let seen = await stamp(dir);
  const first = await loadKnowledge(dir);
  if (hasError(first.faults)) {
    const list = first.faults.map((fault) => `  ${faultLine(fault)}`).join('\n');
    throw new Fault(
      'knowledge.invalid',
      `The knowledge in ${dir} has faults:\n${list}\n`,
      'Mend them; `destek kb check` lists them again.',
    );
  }
  let { knowledge, faults } = first;
  let stopped = false;
  const callbacks = new Set<(knowledge: Knowledge) => void>();

  const reload = async () => {
    const loaded = await loadKnowledge(dir);
    if (stopped) return;
    const news = loaded.faults.map(faultLine).join('\n') !== faults.map(faultLine).join('\n');
    const wasBroken = hasError(faults);
    faults = loaded.faults;
    if (hasError(faults)) {
      if (news)
        log.error({ faults: faults.map(faultLine), version: knowledge.version }, 'knowledge has errors: the version before stays in force');
      return;
    }
    if (wasBroken) log.info({ version: loaded.knowledge.version }, 'knowledge is in order again');
    if (loaded.knowledge.version === knowledge.version) return;
    knowledge = loaded.knowledge;
    log.info({ version: knowledge.version, topics: knowledge.topics.size, faults: faults.length }, 'knowledge changed');
    for (const callback of callbacks) {
      try {
        callback(knowledge);
      } catch (error) {
        log.error({ err: error }, 'a listener to the knowledge failed');
      }
    }
  };

  /** Looks once, and again as long as the folder is still being written. */
  const look = async () => {
    const now = await stamp(dir);
    if (now === seen || stopped) return;
    await new Promise((resolve) => setTimeout(resolve, settleMs).unref());
    const after = await stamp(dir);
    if (after !== now) return;
    seen = after;
    await reload();
  };

  const clock = createClock(look, log, settleMs, pollMs);
  const watcher = tryWatch(dir, clock.soon);
  return {
    current: () => knowledge,
    faults: () => faults,
    onChange(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    stop() {
      stopped = true;
      clock.stop();
      watcher?.close();
    },
  };
}

/** Names, sizes and dates of all files: when it differs, something changed. */
async function stamp(dir: string): Promise<string> {
  const { entries, faults } = await listFolder(dir);
  return JSON.stringify([entries.map(({ file, bytes, changed }) => [file, bytes, changed]), faults.map(({ file, rule }) => [file, rule])]);
}

/** Runs `look` every `pollMs`, and soon after a hint; never twice at a time. */
function createClock(look: () => Promise<void>, log: Log, settleMs: number, pollMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let hinted = false;
  let stopped = false;
  const next = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(run, ms).unref();
  };
  const run = async () => {
    busy = true;
    hinted = false;
    await look().catch((error: unknown) => log.error({ err: error }, 'the knowledge folder could not be looked at'));
    busy = false;
    next(hinted ? settleMs : pollMs);
  };
  next(pollMs);
  return {
    soon() {
      if (!busy && !hinted) next(settleMs);
      hinted = true;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The system's own notice of changes, only a hint: where there is none, polling finds them. */
function tryWatch(dir: string, hint: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dir, { recursive: true, persistent: false }, hint);
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

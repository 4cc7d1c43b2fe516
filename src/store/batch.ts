import pg from 'pg';
import { atMost } from './at-most.ts';
import { causeOf } from './cause.ts';

/** What a batch is made of. */
export interface BatchParts<Ask, Answer> {
  /** Asks of one key never share a statement. */
  key(ask: Ask): string | number;
  /** One statement for all of them that waits for no row: the answers by place. What it leaves out goes alone. */
  together(asks: Ask[]): Promise<Map<number, Answer>>;
  /** One statement for one ask, which waits for whoever holds its row. */
  alone(ask: Ask): Promise<Answer>;
  /** Asks in one statement, default 32. */
  most?: number;
}

/**
 * Commits in groups: what is asked within one turn of the event loop, or while a statement is under way, is asked in one. Each caller has an
 * answer or an error of its own: where the server refuses the statement, nothing of it is true and each goes alone, so that one bad ask
 * costs its neighbours nothing; where the connection is lost, all of them have lost it.
 */
export function createBatch<Ask, Answer>({ key, together, alone, most = 32 }: BatchParts<Ask, Answer>): (ask: Ask) => Promise<Answer> {
  type Waiting = { ask: Ask; resolve(answer: Answer | PromiseLike<Answer>): void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  let running = false;

  return (ask) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(run);
    });

  async function run(): Promise<void> {
    while (waiting.length > 0) await atMost(patienceMs, answer(take()));
    running = false;
  }

  function take(): Waiting[] {
    const keys = new Set<string | number>();
    const taken: Waiting[] = [];
    waiting = waiting.filter((each) => {
      const own = key(each.ask);
      if (taken.length >= most || keys.has(own)) return true;
      keys.add(own);
      taken.push(each);
      return false;
    });
    return taken;
  }

  async function answer(all: Waiting[]): Promise<void> {
    try {
      const answers = await together(all.map(({ ask }) => ask));
      for (const [place, each] of all.entries()) {
        if (answers.has(place)) each.resolve(answers.get(place) as Answer);
        else each.resolve(alone(each.ask));
      }
    } catch (error) {
      for (const each of all) {
        if (refused(error)) each.resolve(alone(each.ask));
        else each.reject(error);
      }
    }
  }
}

// A statement that hangs (a connection that silently broke, a row that somebody deletes) is no longer waited for by those behind it.
const patienceMs = 1_000;

/** True where the server says so itself. */
function refused(error: unknown): boolean {
  return causeOf(error) instanceof pg.DatabaseError;
}

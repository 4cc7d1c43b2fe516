import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ChatMessage, ClientToServer, ServerToClient } from '../../src/bots/web/protocol.ts';
import { visitorToken } from '../../src/bots/web/visitor.ts';
import { deriveKey } from '../../src/privacy/seal.ts';
import { until } from '../setup/until.ts';

/** A visitor who keeps a message until it is acknowledged, comes back after every break, and asks the next question when the last is answered. */
export interface Patient {
  address: string;
  /** Everything that was shown, in order, as it came: nothing is left out or put right. */
  shown: ChatMessage[];
  /** Asks, and resolves when the answer has come; milliseconds that took. */
  ask(): Promise<number>;
  /** What is wrong with what was shown: a question without its answer, one answered twice, a wrong order. */
  faults(): string[];
  leave(): void;
}

// Two questions in turn, so that an answer tells which one it answers.
const questions = [
  { text: 'how long does a withdrawal take?', answer: /24 hours/ },
  { text: 'how do I reset my password', answer: /Forgot password/ },
];

/** A visitor with a token of their own, so that the limit for newcomers from one address does not concern them. */
export function patient(url: string, secret: string): Patient {
  const address = randomUUID();
  const token = visitorToken(address, deriveKey(secret, 'web:visitor'));
  const shown: ChatMessage[] = [];
  const asked: { id: string; n: number }[] = [];
  let cursor: string | undefined;
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    path: '/chat/socket',
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 600,
    timeout: 5_000,
    auth: (give) => give({ visitor: token, language: 'en', after: cursor }),
  });
  socket.on('update', (update) => {
    cursor = update.cursor;
    shown.push(...update.messages);
  });

  const answersAfter = (id: string, n: number) => {
    const from = shown.findIndex((each) => each.clientId === id);
    return from < 0 ? [] : shown.slice(from).filter((each) => each.author !== 'contact' && questions[n % 2]?.answer.test(each.text));
  };
  return {
    address,
    shown,
    async ask() {
      const [id, n, started] = [randomUUID(), asked.length, Date.now()];
      const question = questions[n % 2] as (typeof questions)[number];
      asked.push({ id, n });
      for (;;) {
        const answer = await socket
          .timeout(4_000)
          .emitWithAck('message', { id, text: question.text })
          .catch(() => undefined);
        if (answer?.ok) break;
        await new Promise((resolve) => setTimeout(resolve, answer?.ok === false ? (answer.retryAfterMs ?? 500) : 200));
      }
      await until(() => answersAfter(id, n).length > 0, 180_000).catch(() => {
        throw new Error(`visitor ${address} has no answer to question ${n} (${id}): ${JSON.stringify(shown.slice(-4))}`);
      });
      return Date.now() - started;
    },
    faults() {
      const seen = shown.map((each) => each.id);
      const twice = seen.filter((id, at) => seen.indexOf(id) !== at).map((id) => `message ${id} was shown twice`);
      const story = shown.flatMap((each) => {
        if (each.author === 'contact') return [`q${asked.find(({ id }) => id === each.clientId)?.n}`];
        const which = questions.findIndex(({ answer }) => answer.test(each.text));
        return which < 0 ? [] : [`a${which}`];
      });
      const expected = asked.flatMap(({ n }) => [`q${n}`, `a${n % 2}`]);
      return story.join() === expected.join() ? twice : [...twice, `shown ${story.join(' ')}, expected ${expected.join(' ')}`];
    },
    leave: () => socket.close(),
  };
}

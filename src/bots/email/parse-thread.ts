// Runs in a worker thread of parse-apart.ts: a large mail takes seconds, in which nobody else would be answered.
import { parentPort, workerData } from 'node:worker_threads';
import { parseMail } from './parse-mail.ts';

const { buffer, byteOffset, byteLength } = workerData as Uint8Array<ArrayBuffer>;
const email = await parseMail(Buffer.from(buffer, byteOffset, byteLength));
// Bytes of files change hands, they are not copied; what several parts share cannot.
const bytes = new Set(email.attachments.flatMap(({ content }) => (content instanceof ArrayBuffer ? content : [])));
parentPort?.postMessage(email, [...bytes]);

// The second process of a run: takes turns and sends, and tells the first what it did.
import { openWork, type Place } from './work.ts';

const work = await openWork(JSON.parse(process.env.BENCH_PLACE ?? '{}') as Place);
work.workBare((id) => process.send?.({ bare: id }));
await work.work((address, at) => process.send?.({ address, at }));
process.send?.({ ready: true });
process.on('message', async () => {
  await work.close();
  process.exit(0);
});

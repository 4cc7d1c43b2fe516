import { used } from './some.ts';

console.log(used);

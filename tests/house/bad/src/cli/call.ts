import { thing } from '../server/thing.ts';
export default thing;

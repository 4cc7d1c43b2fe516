import { thing } from '../privacy/thing.ts';
export default thing;

import { thing } from '../handoff/thing.ts';
export default thing;

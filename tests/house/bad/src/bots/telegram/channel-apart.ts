import { thing } from '../discord/thing.ts';
export default thing;

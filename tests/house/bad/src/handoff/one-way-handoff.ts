import { thing } from '../dialogue/thing.ts';
export default thing;

import { thing } from '../conversation/thing.ts';
export default thing;

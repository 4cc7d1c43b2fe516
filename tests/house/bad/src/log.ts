import { thing } from './store/thing.ts';
export default thing;

import { thing } from '../delivery/thing.ts';
export default thing;

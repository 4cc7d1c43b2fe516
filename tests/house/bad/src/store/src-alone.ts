import { thing } from '../../tests/thing.ts';
export default thing;

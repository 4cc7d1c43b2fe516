import { thing } from '../src/bots/web/protocol.ts';
export default thing;

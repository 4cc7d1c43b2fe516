import { thing } from '../bots/telegram/thing.ts';
export default thing;

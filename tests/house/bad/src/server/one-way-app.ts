import { thing } from '../app.ts';
export default thing;

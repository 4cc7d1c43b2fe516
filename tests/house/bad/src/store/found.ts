export { thing } from './nowhere.ts';

import path from 'node:path';

/** Small knowledge of three topics in three languages: trains in a moment. */
export const smallKnowledge = path.join(import.meta.dirname, '../fixtures/knowledge');

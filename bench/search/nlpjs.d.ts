// NLP.js ships no types; of its dock we use this much.
declare module '@nlpjs/basic' {
  interface Nlp {
    addLanguage(language: string): void;
    addDocument(language: string, text: string, label: string): void;
    train(): Promise<void>;
    process(language: string, text: string): Promise<{ intent: string; score: number }>;
  }
  export function dockStart(options: object): Promise<{ get(name: 'nlp'): Nlp }>;
}

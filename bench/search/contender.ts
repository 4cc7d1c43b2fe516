import { dockStart } from '@nlpjs/basic';
import { create, insertMultiple, search as oramaSearch } from '@orama/orama';
import FlexSearch from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { learn } from '../../src/kb/model.ts';
import { searchWith } from '../../src/kb/search.ts';
import type { Knowledge, Topic } from '../../src/kb/topic.ts';
import type { Dataset } from './dataset.ts';

/** The label that a text is about, and how sure the contender is that any label covers it (higher is surer). */
export interface Answer {
  label: string | null;
  inside: number;
}

/** Something that learns a dataset and then answers. `slow`: asked a sample only. */
export interface Contender {
  name: string;
  slow?: boolean;
  learn(dataset: Dataset): Promise<(text: string) => Answer | Promise<Answer>>;
}

type Ranked = (text: string) => Answer | Promise<Answer>;

/** Destek's search and the JavaScript libraries that people take for this, each as its documentation shows it. */
export const contenders: Contender[] = [
  { name: 'Destek', learn: async (dataset) => destek(dataset) },
  { name: 'NLP.js', learn: nlpjs },
  { name: 'MiniSearch', learn: async ({ train }) => miniSearch(train) },
  { name: 'Orama', learn: orama },
  { name: 'FlexSearch', learn: async ({ train }) => flexSearch(train) },
  { name: 'Fuse, token search', slow: true, learn: async ({ train }) => fuse(train, true) },
  { name: 'Fuse', slow: true, learn: async ({ train }) => fuse(train, false) },
];

/** A dataset as a knowledge: a topic per label. */
export function knowledgeOf({ train }: Dataset): Knowledge {
  const topics = new Map<string, Topic>();
  for (const { text, label, language } of train) {
    const topic =
      topics.get(label) ??
      ({
        id: label,
        department: '',
        policy: 'answer',
        texts: {},
        related: [],
        enabled: true,
        urgency: 'normal',
        protects: false,
        channels: {},
        media: [],
      } as unknown as Topic);
    topics.set(label, topic);
    const own = topic.texts[language];
    if (own) own.questions.push(text);
    else topic.texts[language] = { title: label.replace(/[_/-]+/g, ' '), questions: [text], answer: '' };
  }
  const languages = [...new Set(train.map(({ language }) => language))];
  return { version: '', topics, languages, lexicon: [], departments: [], desk: { brand: '' } } as unknown as Knowledge;
}

function destek(dataset: Dataset): Ranked {
  const knowledge = { ...knowledgeOf(dataset), lexicon: dataset.lexicon ?? [] };
  const [language = 'en'] = knowledge.languages;
  const search = searchWith(knowledge, learn(knowledge, { outOfScope: { [language]: dataset.outside.train }, foreign: [] }));
  return (text) => {
    const { topics, none } = search.match(text);
    return { label: topics[0]?.id ?? null, inside: (topics[0]?.score ?? 0) - none };
  };
}

async function nlpjs({ train }: Dataset): Promise<Ranked> {
  const dock = await dockStart({
    use: ['Basic'],
    settings: {
      nlp: { forceNER: false, autoSave: false, threshold: 0, log: false, languages: ['en'], nlu: { log: false, useNoneFeature: true } },
    },
  });
  const nlp = dock.get('nlp');
  nlp.addLanguage('en');
  for (const { text, label } of train) nlp.addDocument('en', text, label);
  await nlp.train();
  return async (text) => {
    const { intent, score } = await nlp.process('en', text);
    return { label: intent, inside: intent === 'None' ? 0 : score };
  };
}

function miniSearch(train: Dataset['train']): Ranked {
  const index = new MiniSearch({ fields: ['text'], storeFields: ['label'], searchOptions: { fuzzy: 0.2, prefix: true } });
  index.addAll(train.map((sample, id) => ({ id, ...sample })));
  return (text) => {
    const [hit] = index.search(text);
    return { label: hit?.label ?? null, inside: hit?.score ?? 0 };
  };
}

async function orama({ train }: Dataset): Promise<Ranked> {
  const index = create({ schema: { text: 'string', label: 'string' } as const });
  await insertMultiple(
    index,
    train.map(({ text, label }) => ({ text, label })),
  );
  return async (text) => {
    const { hits } = await oramaSearch(index, { term: text, properties: ['text'], limit: 1 });
    return { label: hits[0]?.document.label ?? null, inside: hits[0]?.score ?? 0 };
  };
}

function flexSearch(train: Dataset['train']): Ranked {
  const index = new FlexSearch.Index({ tokenize: 'forward', suggest: true } as never);
  train.forEach(({ text }, at) => {
    index.add(at, text);
  });
  return (text) => {
    const [hit] = index.search(text, { limit: 1, suggest: true } as never) as number[];
    return { label: hit === undefined ? null : (train[hit]?.label ?? null), inside: hit === undefined ? 0 : 1 };
  };
}

function fuse(train: Dataset['train'], useTokenSearch: boolean): Ranked {
  const index = new Fuse(train, { keys: ['text'], includeScore: true, ignoreLocation: true, threshold: 0.7, useTokenSearch });
  return (text) => {
    const [hit] = index.search(text.slice(0, 200), { limit: 1 });
    return { label: hit?.item.label ?? null, inside: 1 - (hit?.score ?? 1) };
  };
}

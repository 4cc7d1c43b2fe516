import { useState } from 'preact/hooks';
import type { KnowledgeTopic, KnowledgeView } from '../../../src/server/desk/knowledge-protocol.ts';
import { fold } from '../core/fold.ts';
import { departmentName } from '../core/me.ts';
import { Field } from '../view/field.tsx';
import { nameOf } from '../words.ts';
import { Wide } from './page.tsx';
import { word } from './words.ts';

/** Every topic with its questions by language; what is missing or faulty stands out. */
export function KnowledgeTopics({ view: { topics, languages } }: { view: KnowledgeView }) {
  const [search, setSearch] = useState('');
  const wanted = fold(search.trim());
  const shown = topics.filter(({ id, title }) => fold(`${id} ${title}`).includes(wanted));
  return (
    <>
      <Field label={word('topic_search')} name="topic" value={search} onInput={setSearch} autocomplete="off" />
      <p class="calm" role="status">
        {word('topics_shown', { count: shown.length, all: topics.length })}
      </p>
      {shown.length > 0 && (
        <Wide label={word('knowledge_topics')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{word('topic')}</th>
                <th scope="col">{word('department')}</th>
                {languages.map((code) => (
                  <th scope="col" key={code}>
                    {nameOf('language', code)}
                  </th>
                ))}
                <th scope="col">{word('faulty')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((topic) => (
                <tr key={topic.id}>
                  <th scope="row">
                    {topic.title}
                    <small>
                      <code>{topic.id}</code> {!topic.live && <span class="tag">{word('topic_off')}</span>}
                      {topic.policy === 'handoff' && <span class="tag">{word('topic_handoff')}</span>}
                    </small>
                  </th>
                  <td>{departmentName(topic.department)}</td>
                  {languages.map((code) => (
                    <td key={code}>
                      <Coverage topic={topic} code={code} />
                    </td>
                  ))}
                  <td class={topic.errors + topic.warnings > 0 ? 'amber' : 'calm'}>{topic.errors + topic.warnings || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </>
  );
}

function Coverage({ topic: { coverage }, code }: { topic: KnowledgeTopic; code: string }) {
  const has = coverage[code];
  if (!has) return <span class="red">{word('missing')}</span>;
  return (
    <span class={has.answer ? '' : 'red'} title={word(has.answer ? 'has_answer' : 'no_answer')}>
      {word('questions', { count: has.questions })}
      {!has.answer && ` · ${word('no_answer')}`}
    </span>
  );
}

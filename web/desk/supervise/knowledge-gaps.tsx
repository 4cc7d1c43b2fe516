import { useState } from 'preact/hooks';
import type { GapGroup, Gaps } from '../../../src/server/desk/knowledge-protocol.ts';
import { getSpoken } from '../core/call.ts';
import { percent } from '../core/times.ts';
import { language, nameOf } from '../words.ts';
import { draftTopic } from './draft-topic.ts';
import { useFetched } from './fetched.ts';
import { Loaded } from './page.tsx';
import { save } from './save.ts';
import { word } from './words.ts';

const spans = [7, 30, 90];
const shownAtFirst = 4;

/** What was not answered well, in groups of messages that say nearly the same; a group can become the draft of a topic. */
export function KnowledgeGaps() {
  const [days, setDays] = useState(30);
  const gaps = useFetched(() => getSpoken<Gaps>('knowledge/gaps', { days: String(days) }), [days, language.value]);
  return (
    <>
      <p class="row">
        <label for="gap-days">{word('gaps_days')}</label>
        <select id="gap-days" value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {spans.map((span) => (
            <option key={span} value={span}>
              {word('last_days', { count: span })}
            </option>
          ))}
        </select>
      </p>
      <Loaded from={gaps}>
        {({ messages, groups }) =>
          groups.length === 0 ? (
            <p class="nothing">{word('gaps_none')}</p>
          ) : (
            <>
              <p class="calm">{word('gaps_counted', { messages, groups: groups.length, count: groups.length })}</p>
              <ul class="gaps">
                {groups.map((group) => (
                  <Group key={`${group.language} ${group.messages[0]}`} group={group} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Group({ group }: { group: GapGroup }) {
  const { language: of, count, replies, nearest, score } = group;
  const messages = [...new Set(group.messages)];
  const rest = messages.slice(shownAtFirst);
  return (
    <li class="gap">
      <p class="row">
        <strong>{word('gap_messages', { count })}</strong>
        <span class="tag">{nameOf('language', of)}</span>
        <span class="calm">
          {nearest ? word('gap_nearest', { title: nearest.title, id: nearest.id, share: percent(score) }) : word('gap_new')}
        </span>
      </p>
      <ul lang={of}>
        {messages.slice(0, shownAtFirst).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Folded title={word('gap_more', { count: rest.length })} texts={rest} of={of} />
      <Folded title={word('gap_replies', { count: replies.length })} texts={replies} of={of} />
      <button type="button" class="quiet small" onClick={() => save('draft-topic.yaml', draftTopic(group), 'application/yaml')}>
        {word('gap_draft')}
      </button>
    </li>
  );
}

function Folded({ title, texts, of }: { title: string; texts: string[]; of: string }) {
  if (texts.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul lang={of}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}

import { useMemo, useState } from 'preact/hooks';
import type { NoticeList } from '../../../src/server/desk/announce-protocol.ts';
import { newId } from '../../widget/core/new-id.ts';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { fold } from '../core/fold.ts';
import { asRefused } from '../core/refused.ts';
import { Field } from '../view/field.tsx';
import { Problem } from '../view/problem.tsx';
import { Checks } from './checks.tsx';
import { useOnce } from './once.ts';
import { TextsField } from './texts-field.tsx';
import { isoOf, TimeField } from './time-field.tsx';
import { word } from './words.ts';

/** A new service notice: its words, the topics whose answers it belongs to, and until when it holds. */
export function NoticeForm({ topics, close }: { topics: NoticeList['topics']; close(): void }) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [chosen, setChosen] = useState<string[]>([]);
  const [sought, setSought] = useState('');
  const [endsAt, setEndsAt] = useState('');
  const [problem, setProblem] = useState('');
  const id = useMemo(newId, [texts, chosen, endsAt]);
  const submit = useOnce(async () => {
    if (!Object.values(texts).some((text) => text.trim())) return setProblem(word('announce_need_text'));
    if (chosen.length === 0) return setProblem(word('notices_need_topic'));
    try {
      await post('notices', { id, texts, topics: chosen, endsAt: isoOf(endsAt) });
      close();
    } catch (error) {
      setProblem(explain(asRefused(error)));
    }
  });
  const shown = topics.filter(({ id, title }) => chosen.includes(id) || fold(`${title} ${id}`).includes(fold(sought.trim())));
  return (
    <form onSubmit={submit} noValidate>
      <Problem text={problem} />
      <TextsField name="notice" texts={texts} change={setTexts} rows={2} maxLength={1_000} />
      <Field label={word('notices_find')} name="topic" value={sought} onInput={setSought} autocomplete="off" />
      <div class="long-choice">
        <Checks
          legend={word('notices_topics')}
          options={shown.map(({ id, title }) => ({ id, name: title }))}
          chosen={chosen}
          choose={setChosen}
        />
      </div>
      <TimeField label={word('notices_until')} hint={word('notices_until_hint')} value={endsAt} change={setEndsAt} />
      <button type="submit" class="main wide">
        {word('notices_make')}
      </button>
    </form>
  );
}

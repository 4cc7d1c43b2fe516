import { useEffect, useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { get } from '../../core/call.ts';
import { say } from '../../words.ts';
import { Icon } from '../icon.tsx';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';

/** A ticket's tags: free words, with those that others use at hand. */
export function TagsForm({ view: { ticket } }: { view: TicketView }) {
  const [tags, setTags] = useState(ticket.tags);
  const [typed, setTyped] = useState('');
  const [used, setUsed] = useState<string[]>([]);
  useEffect(() => {
    void get<{ tags: string[] }>('tags').then(
      (answer) => setUsed(answer.tags),
      () => undefined,
    );
  }, []);
  const add = (tag: string) => {
    setTags([...tags.filter((each) => each !== tag.trim()), tag.trim()]);
    setTyped('');
  };
  const run = () => perform(ticket.id, 'tags', { tags: typed.trim() ? [...tags, typed.trim()] : tags });
  const others = used.filter((tag) => !tags.includes(tag)).slice(0, 12);
  return (
    <ActForm submit={say('do_tags_submit')} run={run}>
      {tags.length > 0 && (
        <ul class="tags chips" aria-label={say('do_tags')}>
          {tags.map((tag) => (
            <li key={tag} class="tag">
              {tag}
              <button
                type="button"
                class="bare"
                aria-label={say('tag_remove', { tag })}
                onClick={() => setTags(tags.filter((each) => each !== tag))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <LineInput
        label={say('tag_add')}
        hint={say('tag_hint')}
        value={typed}
        onInput={setTyped}
        onEnter={() => add(typed)}
        list={used}
        first
      />
      {others.length > 0 && (
        <fieldset>
          <legend>{say('tags_used')}</legend>
          <p class="tags">
            {others.map((tag) => (
              <button type="button" class="tag" key={tag} onClick={() => add(tag)}>
                {tag}
              </button>
            ))}
          </p>
        </fieldset>
      )}
    </ActForm>
  );
}

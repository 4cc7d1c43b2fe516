import { useEffect } from 'preact/hooks';
import type { ListWish, Sort } from '../../../src/server/desk/list-protocol.ts';
import { me } from '../core/me.ts';
import { fetchFilters, filters, narrowed, want, wantAll, wish } from '../core/wish.ts';
import { nameOf, say } from '../words.ts';

const urgencies = ['top', 'high', 'normal'] as const;
const sorts: Sort[] = ['line', 'deadline', 'priority'];

/** What the lists are narrowed to, and their order. */
export function ListFilter() {
  useEffect(() => void fetchFilters(), []);
  const { channels = [], languages = [], tags = [] } = filters.value ?? {};
  const departments = me.value?.allDepartments ?? [];
  const named = (kind: 'channel' | 'language', ids: string[]) => ids.map((id) => ({ id, name: nameOf(kind, id) }));
  return (
    <div class="filters">
      <Pick name="sort" label={say('sort')} options={sorts.map((id) => ({ id, name: say(`sort_${id}`) }))} />
      <Pick name="department" label={say('fact_department')} any options={departments} />
      <Pick name="channel" label={say('fact_channel')} any options={named('channel', channels)} />
      <Pick name="language" label={say('language')} any options={named('language', languages)} />
      <Pick name="urgency" label={say('fact_urgency')} any options={urgencies.map((id) => ({ id, name: say(`urgency_${id}`) }))} />
      {(tags.length > 0 || wish.value.tag) && (
        <Pick
          name="tag"
          label={say('tag')}
          any
          options={[...new Set([...tags, wish.value.tag ?? []].flat())].map((id) => ({ id, name: id }))}
        />
      )}
      {(narrowed.value > 0 || wish.value.search) && (
        <button type="button" class="quiet small" onClick={wantAll}>
          {say('filter_clear')}
        </button>
      )}
    </div>
  );
}

interface Props {
  name: Exclude<keyof ListWish, 'search'>;
  label: string;
  options: { id: string; name: string }[];
  any?: boolean;
}

function Pick({ name, label, options, any }: Props) {
  const set = wish.value[name];
  const chosen = set ?? (any ? '' : options[0]?.id);
  return (
    <label class={set && name !== 'sort' ? 'pick on' : 'pick'}>
      <span>{label}</span>
      <select id={`filter-${name}`} value={chosen} onChange={(event) => want({ [name]: event.currentTarget.value || undefined })}>
        {any && <option value="">{say('any')}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id} selected={option.id === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

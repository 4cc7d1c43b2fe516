import { useState } from 'preact/hooks';
import type { CannedReply } from '../../../src/server/desk/composer-protocol.ts';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { me } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { Field } from '../view/field.tsx';
import { Problem } from '../view/problem.tsx';
import { languages } from '../words.ts';
import { Checks } from './checks.tsx';
import { useOnce } from './once.ts';
import { SureButton } from './sure-button.tsx';
import { word } from './words.ts';

// They stand in braces on the screen too.
const variables = Object.fromEntries(['contactName', 'agentName', 'ticketNumber'].map((name) => [name, `{{${name}}}`]));

interface Props {
  reply?: CannedReply;
  close(changed: boolean): void;
  remove(reply: CannedReply): void;
}

/** One reply that is kept ready: what it is called by, its text in each language, and whose it is. */
export function CannedForm({ reply, close, remove }: Props) {
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [title, setTitle] = useState(reply?.title ?? '');
  const [texts, setTexts] = useState<Record<string, string>>(reply?.texts ?? {});
  const [departments, setDepartments] = useState<string[]>(reply?.departments ?? []);
  const [problem, setProblem] = useState('');
  const submit = useOnce(async () => {
    const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
    if (!/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u.test(shortcut.trim())) return setProblem(word('canned_need_shortcut'));
    if (!title.trim()) return setProblem(word('canned_need_title'));
    if (Object.keys(written).length === 0) return setProblem(word('canned_need_text'));
    try {
      await post(reply ? `canned/${reply.id}` : 'canned', { shortcut: shortcut.trim(), title: title.trim(), texts: written, departments });
      close(true);
    } catch (error) {
      const refused = asRefused(error);
      setProblem(refused.code === 'input.invalid' ? word('canned_taken') : explain(refused));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Problem text={problem} />
      <Field
        label={word('canned_shortcut')}
        name="shortcut"
        value={shortcut}
        onInput={setShortcut}
        hint={word('canned_shortcut_hint')}
        autocomplete="off"
      />
      <Field label={word('canned_title')} name="title" value={title} onInput={setTitle} autocomplete="off" />
      {languages.map(({ code, name }) => (
        <div class="field" key={code}>
          <label for={`canned-${code}`}>{name}</label>
          <textarea
            id={`canned-${code}`}
            lang={code}
            rows={3}
            maxLength={8_000}
            value={texts[code] ?? ''}
            onInput={(event) => setTexts({ ...texts, [code]: event.currentTarget.value })}
          />
        </div>
      ))}
      <p class="calm">{word('canned_variables', variables)}</p>
      <Checks legend={word('canned_departments')} options={me.value?.allDepartments ?? []} chosen={departments} choose={setDepartments} />
      <p class="row">
        <button type="submit" class="main grow">
          {word('save')}
        </button>
        {reply && <SureButton label={word('remove')} act={() => remove(reply)} />}
      </p>
    </form>
  );
}

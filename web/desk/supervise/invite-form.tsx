import { useState } from 'preact/hooks';
import type { Role } from '../../../src/server/desk/protocol.ts';
import { explain } from '../core/explain.ts';
import { me } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { Field } from '../view/field.tsx';
import { Problem } from '../view/problem.tsx';
import { languages, say } from '../words.ts';
import { invite } from './agents.ts';
import { Checks } from './checks.tsx';
import { OneTimeLink } from './one-time-link.tsx';

const roles: Role[] = ['agent', 'supervisor'];

/** Who is invited, with what they may do; then their one-time link, to be handed on. */
export function InviteForm({ close }: { close(): void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [departments, setDepartments] = useState<string[]>([]);
  const [tongues, setTongues] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  const [link, setLink] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!name.trim()) return setProblem(say('need_name'));
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) return setProblem(say('need_email'));
    if (role === 'agent' && departments.length === 0) return setProblem(say('need_department'));
    setBusy(true);
    setProblem('');
    try {
      setLink(await invite({ name: name.trim(), email: email.trim(), role, departments, languages: tongues }));
    } catch (error) {
      const refused = asRefused(error);
      setProblem(refused.code === 'input.invalid' ? say('invite_taken') : explain(refused));
    }
    setBusy(false);
  };

  if (link) return <OneTimeLink name={name} link={link} close={close} />;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Problem text={problem} />
      <Field label={say('name')} name="name" value={name} onInput={setName} hint={say('name_hint')} autocomplete="off" />
      <Field label={say('email')} name="email" type="email" value={email} onInput={setEmail} autocomplete="off" />
      <fieldset>
        <legend>{say('role')}</legend>
        {roles.map((code) => (
          <label key={code} class="check">
            <input type="radio" name="role" checked={role === code} onChange={() => setRole(code)} />
            <span>
              {say(code)}
              <small>{say(`${code}_note`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <Checks legend={say('fact_department')} options={me.value?.allDepartments ?? []} chosen={departments} choose={setDepartments} />
      <Checks
        legend={say('languages')}
        options={languages.map(({ code, name: own }) => ({ id: code, name: own }))}
        chosen={tongues}
        choose={setTongues}
      />
      <button type="submit" class="main wide" aria-disabled={busy}>
        {say('invite_submit')}
      </button>
    </form>
  );
}

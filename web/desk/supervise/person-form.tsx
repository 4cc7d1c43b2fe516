import { useState } from 'preact/hooks';
import type { AgentLine } from '../../../src/server/desk/agent-protocol.ts';
import type { Role } from '../../../src/server/desk/protocol.ts';
import { explain } from '../core/explain.ts';
import { me } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { Field } from '../view/field.tsx';
import { Problem } from '../view/problem.tsx';
import { languages, say } from '../words.ts';
import { changeAgent, invite } from './agents.ts';
import { Checks } from './checks.tsx';
import { useOnce } from './once.ts';
import { ShownOnce } from './shown-once.tsx';
import { word } from './words.ts';

const roles: Role[] = ['agent', 'supervisor'];

/** Who is invited or changed, and what they may do; an invitation ends with the one-time link, to be handed on. `close` gets whether something changed. */
export function PersonForm({ agent, close }: { agent?: AgentLine; close(changed: boolean): void }) {
  const [name, setName] = useState(agent?.name ?? '');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(agent?.role ?? 'agent');
  const [departments, setDepartments] = useState<string[]>(agent?.departments ?? []);
  const [tongues, setTongues] = useState((agent?.languages ?? []).join(', '));
  const [capacity, setCapacity] = useState(String(agent?.capacity ?? 10));
  const [problem, setProblem] = useState('');
  const [link, setLink] = useState('');

  const submit = useOnce(async () => {
    if (!name.trim()) return setProblem(say('need_name'));
    if (!agent && !/^\S+@\S+\.\S+$/.test(email.trim())) return setProblem(say('need_email'));
    if (role === 'agent' && departments.length === 0) return setProblem(say('need_department'));
    const most = Number(capacity);
    if (!Number.isInteger(most) || most < 1 || most > 500) return setProblem(word('need_capacity'));
    setProblem('');
    const wish = { name: name.trim(), role, departments, languages: codesOf(tongues), capacity: most };
    try {
      if (agent) await changeAgent(agent.id, wish);
      else setLink(await invite({ ...wish, email: email.trim() }));
      if (agent) return close(true);
    } catch (error) {
      const refused = asRefused(error);
      setProblem(
        refused.code === 'agent.last-supervisor'
          ? word('last_supervisor')
          : refused.code === 'input.invalid' && !agent
            ? say('invite_taken')
            : explain(refused),
      );
    }
  });

  if (link) return <ShownOnce told={say('link_told', { name })} label={say('link')} value={link} close={() => close(true)} />;
  return (
    <form onSubmit={submit} noValidate>
      <Problem text={problem} />
      <Field label={say('name')} name="name" value={name} onInput={setName} hint={say('name_hint')} autocomplete="off" />
      {!agent && <Field label={say('email')} name="email" type="email" value={email} onInput={setEmail} autocomplete="off" />}
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
      <Field
        label={say('languages')}
        name="languages"
        value={tongues}
        onInput={setTongues}
        hint={word('languages_hint', { known: languages.map(({ code }) => code).join(', ') })}
        autocomplete="off"
      />
      <Field
        label={word('capacity')}
        name="capacity"
        value={capacity}
        onInput={setCapacity}
        hint={word('capacity_hint')}
        autocomplete="off"
      />
      <button type="submit" class="main wide">
        {agent ? word('save') : say('invite_submit')}
      </button>
    </form>
  );
}

function codesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter((code) => code.length >= 2),
    ),
  ];
}

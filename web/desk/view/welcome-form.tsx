import { useState } from 'preact/hooks';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import type { Invitation } from '../core/sign-in.ts';
import { say } from '../words.ts';
import { Field } from './field.tsx';
import { Problem } from './problem.tsx';

const shortest = 10;

interface Props {
  invitation: Invitation;
  accept(given: { password: string; name?: string; email?: string }): Promise<void>;
}

/** Password, and for the first supervisor name and e-mail. */
export function WelcomeForm({ invitation, accept }: Props) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState(invitation.email ?? '');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const missing = shortest - [...password].length;
  const faults = {
    name: invitation.first && !name.trim() ? say('need_name') : undefined,
    email: invitation.first && !/^\S+@\S+\.\S+$/.test(email.trim()) ? say('need_email') : undefined,
    password: missing > 0 ? say('password_short', { count: missing }) : undefined,
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget as HTMLFormElement;
    const wrong = (['name', 'email', 'password'] as const).find((each) => faults[each]);
    if (wrong) return form.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus();
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      await accept({ password, ...(invitation.first ? { name: name.trim(), email: email.trim() } : {}) });
    } catch (error) {
      setProblem(explain(asRefused(error)));
      setBusy(false);
    }
  };

  const progress =
    password && missing > 0 ? say('password_short', { count: missing }) : missing <= 0 ? say('password_good') : say('password_hint');
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Problem text={problem} />
      {invitation.first && (
        <Field
          label={say('name')}
          name="name"
          autocomplete="name"
          value={name}
          onInput={setName}
          hint={say('name_hint')}
          fault={tried ? faults.name : undefined}
          autoFocus
        />
      )}
      <Field
        label={say('email')}
        name="email"
        type="email"
        autocomplete="username"
        value={email}
        onInput={setEmail}
        readOnly={!invitation.first}
        fault={tried ? faults.email : undefined}
      />
      <Field
        label={say('password_new')}
        name="password"
        type="password"
        autocomplete="new-password"
        value={password}
        onInput={setPassword}
        hint={progress}
        fault={tried ? faults.password : undefined}
        autoFocus={!invitation.first}
      />
      <button type="submit" class="main wide" aria-disabled={busy}>
        {say('welcome_submit')}
      </button>
    </form>
  );
}

import { useState } from 'preact/hooks';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { signIn } from '../core/sign-in.ts';
import { say } from '../words.ts';
import { Field } from './field.tsx';
import { Gate } from './gate.tsx';
import { Problem } from './problem.tsx';

/** Where people with an account sign in. */
export function SignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (!email.trim() || !password) return setProblem(say('sign_in_missing'));
    setBusy(true);
    setProblem('');
    try {
      await signIn(email, password);
    } catch (error) {
      setProblem(explain(asRefused(error)));
    }
    setBusy(false);
  };

  return (
    <Gate title={say('sign_in_title')} lead={say('sign_in_lead')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Problem text={problem} />
        <Field label={say('email')} name="email" type="email" autocomplete="username" value={email} onInput={setEmail} autoFocus />
        <Field
          label={say('password')}
          name="password"
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
        />
        <button type="submit" class="main wide" aria-disabled={busy}>
          {busy ? say('sign_in_busy') : say('sign_in')}
        </button>
      </form>
      <p class="aside">{say('sign_in_help')}</p>
    </Gate>
  );
}

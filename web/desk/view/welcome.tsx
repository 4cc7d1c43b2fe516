import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { go } from '../core/route.ts';
import { acceptInvitation, type Invitation, readInvitation } from '../core/sign-in.ts';
import { say } from '../words.ts';
import { Gate } from './gate.tsx';
import { WelcomeForm } from './welcome-form.tsx';

/** The token of a one-time link; undefined on every other page. It stands in the fragment, which no server and no log sees. */
export const welcomeToken = signal(/\/welcome\/?$/.test(location.pathname) ? (/token=([\w-]+)/.exec(location.hash)?.[1] ?? '') : undefined);

/** Where somebody who was invited, or the first supervisor, sets a password and is signed in. */
export function Welcome({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation>();
  const [problem, setProblem] = useState('');

  useEffect(() => {
    readInvitation(token).then(setInvitation, (error) => setProblem(explain(asRefused(error))));
  }, [token]);

  const accept = async (given: { password: string; name?: string; email?: string }) => {
    await acceptInvitation({ token, ...given });
    leave();
  };

  if (problem)
    return (
      <Gate title={say('welcome_expired')} lead={problem}>
        <button type="button" class="main wide" onClick={leave}>
          {say('welcome_to_sign_in')}
        </button>
      </Gate>
    );
  if (!invitation) return <Gate title={say('welcome_title')} lead={say('loading')} children={null} />;
  const title = invitation.name ? say('welcome_name', { name: invitation.name }) : say('welcome_title');
  return (
    <Gate title={title} lead={invitation.first ? say('welcome_first') : say('welcome_lead')}>
      <WelcomeForm invitation={invitation} accept={accept} />
    </Gate>
  );
}

/** The link is used up: it leaves the address bar and the history. */
function leave(): void {
  history.replaceState(null, '', location.pathname.replace(/\/welcome\/?$/, ''));
  welcomeToken.value = undefined;
  go({ page: 'tickets', list: 'waiting' }, { replace: true });
}

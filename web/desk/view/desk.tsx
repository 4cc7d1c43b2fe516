import { useEffect } from 'preact/hooks';
import { runDesk } from '../core/desk.ts';
import { me } from '../core/me.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';
import { Toast } from './toast.tsx';
import { Welcome, welcomeToken } from './welcome.tsx';

/** The whole desk: the page that the person is due. */
export function Desk() {
  return (
    <>
      {welcomeToken.value !== undefined ? <Welcome token={welcomeToken.value} /> : me.value ? <SignedIn key={me.value.id} /> : <SignIn />}
      <Toast />
    </>
  );
}

function SignedIn() {
  useEffect(runDesk, []);
  return <Shell />;
}

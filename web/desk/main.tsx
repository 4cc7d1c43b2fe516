import { render } from 'preact';
import { listenForKeys } from './core/keys.ts';
import { me } from './core/me.ts';
import { watchTitle } from './core/notice.ts';
import { applySettings } from './core/settings.ts';
import { loadMe } from './core/sign-in.ts';
import { watchTroubles } from './core/troubles.ts';
import { Desk } from './view/desk.tsx';
import { welcomeToken } from './view/welcome.tsx';

const root = document.getElementById('desk');
await applySettings();
listenForKeys();
watchTitle();
watchTroubles();
// Without the server there is nobody to ask: the sign-in page says so at the first try.
if (welcomeToken.peek() === undefined)
  await loadMe().catch(() => {
    me.value = null;
  });
if (root) render(<Desk />, root);

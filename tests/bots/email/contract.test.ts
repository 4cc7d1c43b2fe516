import { test } from 'vitest';
import { channelContract } from '../contract.ts';
import { hasDovecot } from './dovecot.ts';
import { startMailApp } from './mail-app.ts';

if (hasDovecot)
  channelContract('email', async () => {
    const { app, person, end } = await startMailApp();
    return { app, contact: async () => person(), end };
  });
else test.skip('needs dovecot', () => undefined);

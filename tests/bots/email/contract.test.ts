import { test } from 'vitest';
import { channelContract } from '../contract.ts';
import { hasDovecot } from './dovecot.ts';
import { openEmail } from './under-test.ts';

if (hasDovecot) channelContract('email', openEmail);
else test.skip('needs dovecot', () => undefined);

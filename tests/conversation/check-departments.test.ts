import { expect, test } from 'vitest';
import { createEmailChannel } from '../../src/bots/email/index.ts';
import { checkDepartments } from '../../src/conversation/check-departments.ts';

const mailbox = (question: string) =>
  createEmailChannel({
    IMAP_URL: `imaps://support%40demobet.example:x@mail.example${question}`,
    SMTP_URL: 'smtps://mail.example',
    MAIL_FROM: 'Demobet <support@demobet.example>',
    ROLES: [],
  }) ?? [];

test('a mailbox for a department that is none stops the start, with those that there are', () => {
  const check = (question: string, existing: string[]) => () => checkDepartments([mailbox(question)].flat(), existing);
  expect(check('?department=finnance', ['finance', 'support'])).toThrow(
    'IMAP_URL: there is no department called finnance. departments.yaml has finance, support.',
  );
  expect(check('?department=finance', ['finance', 'support'])).not.toThrow();
  expect(check('', ['finance'])).not.toThrow();
  expect(check('?department=finance', [])).not.toThrow();
});

import { useState } from 'preact/hooks';
import type { NewWebhook, WebhookLine, WebhookWish } from '../../../src/server/desk/webhook-protocol.ts';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { Field } from '../view/field.tsx';
import { Problem } from '../view/problem.tsx';
import { Checks } from './checks.tsx';
import { useOnce } from './once.ts';
import { nameOfCode, word } from './words.ts';

/** Kinds that others want to hear of; docs/webhooks.md says what each carries. */
const kinds = ['ticket', 'message', 'reply', 'delivery', 'survey', 'note', 'agent', 'sign-in', 'sign-in-failed', 'export', 'erased'];

/** Where a webhook goes and what it is told. `made` gets the secret of a new one. */
export function WebhookForm({ hook, made }: { hook?: WebhookLine; made(secret?: string): void }) {
  const [url, setUrl] = useState(hook?.url ?? '');
  const [chosen, setChosen] = useState(hook?.kinds ?? ['ticket']);
  const [problem, setProblem] = useState('');
  const submit = useOnce(async () => {
    if (chosen.length === 0) return setProblem(word('webhook_need_kind'));
    try {
      const wish: WebhookWish = { url: url.trim(), kinds: chosen };
      const answer = await post<Partial<NewWebhook>>(hook ? `webhooks/${hook.id}` : 'webhooks', wish);
      made(answer.secret);
    } catch (error) {
      const refused = asRefused(error);
      setProblem(refused.code === 'webhook.refused' ? word('webhook_refused') : explain(refused));
    }
  });
  const all = [...kinds, ...chosen.filter((kind) => !kinds.includes(kind))];
  return (
    <form onSubmit={submit} noValidate>
      <Problem text={problem} />
      <Field label={word('webhook_url')} name="url" value={url} onInput={setUrl} hint={word('webhook_url_hint')} autocomplete="off" />
      <Checks
        legend={word('webhook_kinds')}
        options={all.map((id) => ({ id, name: nameOfCode('kind', id) }))}
        chosen={chosen}
        choose={setChosen}
      />
      <button type="submit" class="main wide">
        {word('save')}
      </button>
    </form>
  );
}

import { useSignal } from '@preact/signals';
import type { NewWebhook, WebhookLine } from '../../../src/server/desk/webhook-protocol.ts';
import { get, post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { moment } from '../core/times.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { useFetched } from './fetched.ts';
import { Loaded, Page } from './page.tsx';
import { ShownOnce } from './shown-once.tsx';
import { SureButton } from './sure-button.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { nameOfCode, word } from './words.ts';

type Shown = { what: 'form'; hook?: WebhookLine } | { what: 'secret'; secret: string };

/** Who is told of events over HTTP, and how that goes. */
export function Webhooks() {
  const hooks = useFetched(() => get<WebhookLine[]>('webhooks'), [], 5_000);
  const shown = useSignal<Shown>({ what: 'form' });
  const open = useSignal(false);
  const show = (what: Shown) => {
    shown.value = what;
    open.value = true;
  };
  const act = async <T,>(path: string): Promise<T | undefined> => {
    try {
      return await post<T>(`webhooks/${path}`);
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
      return undefined;
    } finally {
      hooks.again();
    }
  };
  const now = shown.value;
  return (
    <Page
      title={word('tab_webhooks')}
      lead={word('webhooks_lead')}
      actions={
        <button type="button" class="main" onClick={() => show({ what: 'form' })}>
          {word('webhook_add')}
        </button>
      }
    >
      <Loaded from={hooks}>
        {(all) =>
          all.length === 0 ? (
            <p class="nothing">{word('webhooks_none')}</p>
          ) : (
            <ul class="hooks">
              {all.map((hook) => (
                <li key={hook.id} class={hook.disabled ? 'off' : ''}>
                  <p>
                    <strong>{hook.url}</strong>
                  </p>
                  <p class="tags">
                    {hook.kinds.map((kind) => (
                      <span class="tag" key={kind}>
                        {nameOfCode('kind', kind)}
                      </span>
                    ))}
                  </p>
                  <State hook={hook} />
                  <p class="row">
                    <button type="button" class="quiet small" onClick={() => show({ what: 'form', hook })}>
                      {word('change')}
                    </button>
                    <button type="button" class="quiet small" onClick={() => void act(`${hook.id}/${hook.disabled ? 'on' : 'off'}`)}>
                      {word(hook.disabled ? 'turn_on' : 'turn_off')}
                    </button>
                    <SureButton
                      small
                      label={word('new_secret')}
                      act={() =>
                        void act<NewWebhook>(`${hook.id}/secret`).then((made) => made && show({ what: 'secret', secret: made.secret }))
                      }
                    />
                    <SureButton small label={word('remove')} act={() => void act(`${hook.id}/remove`)} />
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Dialog open={open} title={now.what === 'secret' ? word('secret') : word(now.hook ? 'webhook_change' : 'webhook_add')}>
        {now.what === 'secret' ? (
          <ShownOnce
            told={word('secret_told')}
            label={word('secret')}
            value={now.secret}
            close={() => {
              open.value = false;
            }}
          />
        ) : (
          <WebhookForm
            key={now.hook?.id ?? 0}
            hook={now.hook}
            made={(secret) => {
              hooks.again();
              if (secret) show({ what: 'secret', secret });
              else open.value = false;
            }}
          />
        )}
      </Dialog>
    </Page>
  );
}

function State({ hook: { disabled, failures, failingSince, lastResult, deliveredAt, nextTryAt } }: { hook: WebhookLine }) {
  const result = lastResult ? nameOfCode('result', lastResult) : '';
  if (disabled) return <p class="red">{word(`disabled_${disabled.why}`, { time: moment(disabled.at), result })}</p>;
  if (failures > 0)
    return (
      <p class="amber">
        {word('failing', { count: failures, since: moment(failingSince ?? ''), result, next: nextTryAt ? moment(nextTryAt) : '' })}
      </p>
    );
  return <p class="calm">{deliveredAt ? word('delivered', { time: moment(deliveredAt), result }) : word('not_yet')}</p>;
}

import { useSignal } from '@preact/signals';
import type { CannedReply } from '../../../src/server/desk/composer-protocol.ts';
import { get, post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { departmentName } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { language, languages, nameOf } from '../words.ts';
import { CannedForm } from './canned-form.tsx';
import { useFetched } from './fetched.ts';
import { Loaded, Page } from './page.tsx';
import { word } from './words.ts';

/** Replies that are kept ready, for everybody's composer; written here, in as many languages as wished. */
export function Canned() {
  const replies = useFetched(() => get<CannedReply[]>('canned'));
  const editing = useSignal<CannedReply | undefined>(undefined);
  const open = useSignal(false);
  const edit = (reply?: CannedReply) => {
    editing.value = reply;
    open.value = true;
  };
  const close = (changed: boolean) => {
    open.value = false;
    if (changed) replies.again();
  };
  const remove = async ({ id, shortcut }: CannedReply) => {
    try {
      await post(`canned/${id}/remove`);
      tell(word('canned_removed', { shortcut }));
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
    }
    close(true);
  };
  return (
    <Page
      title={word('tab_canned')}
      lead={word('canned_lead')}
      actions={
        <button type="button" class="main" onClick={() => edit()}>
          {word('canned_add')}
        </button>
      }
    >
      <Loaded from={replies}>
        {(all) =>
          all.length === 0 ? (
            <p class="nothing">{word('canned_none')}</p>
          ) : (
            <ul class="rows">
              {all.map((reply) => (
                <li key={reply.id}>
                  <button type="button" onClick={() => edit(reply)}>
                    <span class="row-main">
                      <strong>{reply.title}</strong> <code>/{reply.shortcut}</code>
                      <small>{preview(reply)}</small>
                    </span>
                    <span class="tags">
                      {Object.keys(reply.texts).map((code) => (
                        <span class="tag" key={code}>
                          {nameOf('language', code)}
                        </span>
                      ))}
                      {reply.departments.map((id) => (
                        <span class="tag soft" key={id}>
                          {departmentName(id)}
                        </span>
                      ))}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Dialog open={open} title={editing.value ? editing.value.title : word('canned_add')}>
        <CannedForm key={editing.value?.id ?? 0} reply={editing.value} close={close} remove={remove} />
      </Dialog>
    </Page>
  );
}

function preview({ texts }: CannedReply): string {
  const text = texts[language.value] ?? languages.map(({ code }) => texts[code]).find(Boolean) ?? Object.values(texts)[0] ?? '';
  return text.replace(/\s+/g, ' ').slice(0, 140);
}

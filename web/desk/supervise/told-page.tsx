import './announce.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { getSpoken, post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { language } from '../words.ts';
import { useFetched } from './fetched.ts';
import { Loaded, Page } from './page.tsx';
import { word } from './words.ts';

interface Props<T> {
  /** Where the list is under /api/desk, and what begins the names of its words. */
  path: string;
  words: 'announce' | 'notices';
  /** Fetched again so often, ms. */
  everyMs: number;
  /** The lines; `act` does something with one of them: stop, resume, end. */
  lines(all: T, act: (id: number, name: string) => void): ComponentChildren[];
  form(all: T, close: () => void): ComponentChildren;
}

/** A page of what people are told: what was said, how far each is, and a form for a new one. */
export function ToldPage<T>({ path, words, everyMs, lines, form }: Props<T>) {
  const list = useFetched(() => getSpoken<T>(path), [language.value], everyMs);
  const open = useSignal(false);
  const act = async (id: number, name: string) => {
    try {
      await post(`${path}/${id}/${name}`);
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
    }
    list.again();
  };
  const close = () => {
    open.value = false;
    list.again();
  };
  const begin = (
    <button
      type="button"
      class="main"
      onClick={() => {
        open.value = true;
      }}
    >
      {word(`${words}_new`)}
    </button>
  );
  return (
    <Page title={word(`tab_${words}`)} lead={word(`${words}_lead`)} actions={begin}>
      <Loaded from={list}>
        {(all) => {
          const shown = lines(all, (id, name) => void act(id, name));
          return (
            <>
              {shown.length === 0 ? <p class="nothing">{word(`${words}_none`)}</p> : <ul class="announcements">{shown}</ul>}
              <Dialog open={open} title={word(`${words}_new`)}>
                {form(all, close)}
              </Dialog>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

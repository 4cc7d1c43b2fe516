import type { Attachment } from '../../conversation/message.ts';
import { sayUntil } from '../../dialogue/documents.ts';
import type { Files } from '../../files/files.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Words } from '../../words.ts';
import { type Html, h } from '../help/template.ts';

/** What all states of the page share. */
export interface UploadFrame {
  words: Words;
  files: Pick<Files, 'limits' | 'why'>;
  language: string;
  knowledge: Knowledge;
  /** web/upload/index.html as built: a page with places for `lang`, head and body. */
  template: string;
}

/** The form, with what became of files that were sent before. */
export function formPage(frame: UploadFrame, until: Date, sent: Attachment[] = [], fault?: 'none' | 'failed'): string {
  const { files } = frame;
  const t = say(frame);
  const { maxBytes, count, accept, kinds } = files.limits();
  const maxMb = Math.floor(maxBytes / 1024 / 1024);
  const time = sayUntil(until, frame.language, frame.knowledge);
  return layOut(
    frame,
    t('title'),
    h`<h1 tabindex="-1">${t('title')}</h1>
${sent.length > 0 ? outcome(frame, sent, time) : h`<p class="quiet">${t('intro')}</p>`}
${fault && h`<p class="fault" role="alert">${t(fault)}</p>`}
<form method="post" enctype="multipart/form-data" data-sending="${t('sending', { percent: '{{percent}}' })}" data-failed="${t('failed')}" data-none="${t('none')}" data-remove="${t('remove', { name: '{{name}}' })}" data-count="${count}">
<label class="drop"><span class="choose">${t('choose')}</span> <span class="or" hidden>${t('drop')}</span>
<input type="file" name="file" multiple required accept="${accept}" aria-describedby="limits"></label>
<p id="limits" class="quiet small">${t('limits', { kinds, count, maxMb })}</p>
<ul class="chosen" aria-live="polite" hidden></ul>
<p class="status" role="status"></p><progress max="100" value="0" hidden></progress>
<button>${t('send')}</button>
</form>
<p class="quiet small">${t('until', { until: time })}</p>`,
  );
}

/** All files are here; the link is used up. */
export function donePage(frame: UploadFrame, sent: Attachment[]): string {
  const t = say(frame);
  return layOut(
    frame,
    t('done'),
    h`<h1 tabindex="-1">${t('done')}</h1>${list(sent.map(({ name }) => h`${name}`))}<p>${t('done_text')}</p>`,
  );
}

/** The link is used, too old or not one of ours: all the same, so that guesses learn nothing. */
export function expiredPage(frame: UploadFrame): string {
  const t = say(frame);
  return layOut(frame, t('expired'), h`<h1 tabindex="-1">${t('expired')}</h1><p>${t('expired_text')}</p>`);
}

function outcome(frame: UploadFrame, sent: Attachment[], until: string): Html {
  const t = say(frame);
  const kept = sent.filter(({ refused }) => refused === undefined);
  const refused = sent.filter((each) => each.refused !== undefined);
  return h`<div role="status">${kept.length > 0 && h`<h2>${t('done')}</h2>${list(kept.map(({ name }) => h`${name}`))}`}
<h2>${t('some_refused')}</h2>${list(refused.map(({ name, refused: code }) => h`<strong>${name}</strong>: ${frame.files.why(frame.language, code as string)}`))}
<p>${t('again', { until })}</p></div>`;
}

function list(items: Html[]): Html {
  return h`<ul class="files">${items.map((item) => h`<li>${item}</li>`)}</ul>`;
}

function say({ words, language }: UploadFrame) {
  return (key: string, values?: Record<string, unknown>) => words(language, `files:upload.${key}`, values);
}

function layOut({ template, language, knowledge }: UploadFrame, title: string, main: Html): string {
  const { brand } = knowledge.desk;
  const head = h`<title>${title} · ${brand}</title><meta name="robots" content="noindex">`;
  const mark = [...brand][0]?.toLocaleUpperCase(language) ?? '';
  const body = h`<main><p class="brand"><span class="mark" aria-hidden="true">${mark}</span>${brand}</p>${main}</main>`;
  return template
    .replace(/<html lang="[^"]*"/, () => `<html lang="${language}"`)
    .replace('<!--head-->', () => head.html)
    .replace('<!--body-->', () => body.html);
}

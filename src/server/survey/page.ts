import type { Words } from '../../words.ts';
import type { Page } from '../help/layout.ts';
import { type Html, h } from '../help/template.ts';

/** What the page of a survey shows. */
export interface Asked {
  number: string;
  language: string;
  languages: string[];
  brand: string;
  /** Answered before, or chosen by the link that led here. */
  solved?: boolean;
  score?: number;
}

/**
 * The questions of a survey on one page: a plain form, no script. A link that was followed only chooses; nothing is stored before it is sent. `unanswered`: it
 * was sent with nothing in it.
 */
export function surveyPage(asked: Asked, words: Words, unanswered = false): Page {
  const { language, number, brand } = asked;
  const t = (key: string) => words(language, key, { number, brand });
  return frame(asked, t('survey:title'), [
    h`<p class="lead">${t('survey:about')}</p>
<form class="form" method="post">
${unanswered && h`<p class="fault" role="alert">${t('survey:unanswered')}</p>`}
<fieldset><legend>${t('bot:survey_solved')}</legend><div class="picks">
${pick('solved', 'yes', t('bot:survey_yes'), asked.solved === true)}${pick('solved', 'no', t('bot:survey_no'), asked.solved === false)}
</div></fieldset>
<fieldset><legend>${t('bot:survey_score')}</legend><div class="picks">
${[1, 2, 3, 4, 5].map((score) => pick('score', String(score), String(score), asked.score === score))}
</div></fieldset>
<label class="field"><span>${t('survey:comment')}</span><textarea name="comment" rows="4" maxlength="2000"></textarea></label>
<button class="button" type="submit">${t('survey:send')}</button>
</form>`,
  ]);
}

/** What stands there when it was answered. */
export function thanksPage(asked: Asked, words: Words): Page {
  const t = (key: string) => words(asked.language, key, { brand: asked.brand });
  return frame(asked, t('bot:survey_thanks'), []);
}

/** What stands there for a link that holds no more. */
export function endedPage(asked: Omit<Asked, 'number'>, words: Words): Page {
  const t = (key: string) => words(asked.language, key, { brand: asked.brand });
  return frame({ ...asked, number: '' }, t('survey:ended'), [h`<p class="lead">${t('survey:ended_text')}</p>`]);
}

function frame({ language, brand }: Asked, title: string, content: Html[]): Page {
  return {
    language,
    title: `${title} · ${brand}`,
    description: title,
    translations: {},
    main: h`<div class="topic"><article class="card"><h1>${title}</h1>${content}</article></div>`,
  };
}

function pick(name: string, value: string, label: string, chosen: boolean): Html {
  return h`<label class="pick"><input type="radio" name="${name}" value="${value}"${chosen && h` checked`}><span>${label}</span></label>`;
}

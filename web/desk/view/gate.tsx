import type { ComponentChildren } from 'preact';
import { setLanguage } from '../core/settings.ts';
import { language, languages, say } from '../words.ts';

/** The frame of the pages before one is signed in: a card, and the language below it. */
export function Gate({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
  return (
    <main class="gate">
      <div class="card">
        <p class="brand">Destek</p>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </div>
      <nav class="tongues" aria-label={say('language')}>
        {languages.map(({ code, name }) => (
          <button type="button" key={code} lang={code} aria-pressed={language.value === code} onClick={() => void setLanguage(code)}>
            {name}
          </button>
        ))}
      </nav>
    </main>
  );
}

import { say } from '../../ui/words.ts';

/** A command that a button has sent (`/human`, `/lang tr`), in words; undefined for what a person wrote. */
export function asAction(text: string, languages: { code: string; name: string }[] | undefined): string | undefined {
  if (text === '/human') return say('asked_person');
  const code = /^\/lang (\w\w)$/.exec(text)?.[1];
  return code && say('asked_language', { language: languages?.find((one) => one.code === code)?.name ?? code });
}

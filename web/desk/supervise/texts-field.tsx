import { languages } from '../words.ts';

interface Props {
  /** Begins the ids of the inputs. */
  name: string;
  texts: Record<string, string>;
  change(texts: Record<string, string>): void;
  rows?: number;
  maxLength?: number;
}

/** One text per language of the desk. */
export function TextsField({ name, texts, change, rows = 3, maxLength = 8_000 }: Props) {
  return (
    <>
      {languages.map(({ code, name: own }) => (
        <div class="field" key={code}>
          <label for={`${name}-${code}`}>{own}</label>
          <textarea
            id={`${name}-${code}`}
            lang={code}
            rows={rows}
            maxLength={maxLength}
            value={texts[code] ?? ''}
            onInput={(event) => change({ ...texts, [code]: event.currentTarget.value })}
          />
        </div>
      ))}
    </>
  );
}

interface Props {
  legend: string;
  options: readonly { id: string; name: string }[];
  chosen: string[];
  choose(chosen: string[]): void;
}

/** Several of some things. */
export function Checks({ legend, options, chosen, choose }: Props) {
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {options.map(({ id, name }) => (
        <label key={id} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

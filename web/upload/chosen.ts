/** The files that a person has chosen so far, shown in `list` with a way to take each away again. */
export function chosenFiles(list: HTMLElement, { most, remove }: { most: number; remove: string }) {
  let files: File[] = [];

  function draw(): void {
    list.hidden = files.length === 0;
    list.replaceChildren(
      ...files.map((file) => {
        const item = document.createElement('li');
        const name = document.createElement('span');
        name.textContent = `${file.name} (${size(file.size)})`;
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = '×';
        button.setAttribute('aria-label', remove.replace('{{name}}', file.name));
        button.addEventListener('click', () => {
          files = files.filter((each) => each !== file);
          draw();
        });
        item.append(name, button);
        return item;
      }),
    );
  }

  return {
    all: () => files,
    add(more: File[]): void {
      const known = (file: File) => files.some(({ name, size: length }) => name === file.name && length === file.size);
      files = [...files, ...more.filter((file) => !known(file))].slice(0, most);
      draw();
    },
  };
}

function size(bytes: number): string {
  const units: [number, string][] = [
    [1024 * 1024, 'megabyte'],
    [1024, 'kilobyte'],
    [1, 'byte'],
  ];
  const [unit, name] = units.find(([least]) => bytes >= least) ?? [1, 'byte'];
  const { lang } = document.documentElement;
  return new Intl.NumberFormat(lang, { style: 'unit', unit: name, maximumFractionDigits: 1 }).format(bytes / unit);
}

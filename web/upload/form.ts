import { chosenFiles } from './chosen.ts';

/** Makes the upload form show what was chosen and how far it is; without this it sends as any form does. Returns nothing: the answer takes the page's place. */
export function bindForm(form: HTMLFormElement): void {
  const { sending = '', failed = '', none = '', remove = '', count = '10' } = form.dataset;
  const part = <E extends Element>(selector: string) => form.querySelector(selector) as E;
  const input = part<HTMLInputElement>('input');
  const drop = part<HTMLElement>('.drop');
  const status = part<HTMLElement>('.status');
  const progress = part<HTMLProgressElement>('progress');
  const button = part<HTMLButtonElement>('form > button');
  const chosen = chosenFiles(part('.chosen'), { most: Number(count), remove });

  document.documentElement.classList.add('scripted');
  part<HTMLElement>('.or').hidden = matchMedia('(pointer: coarse)').matches;
  // What was chosen is in the list; the field is only the way in.
  input.required = false;
  input.addEventListener('change', () => {
    chosen.add([...(input.files ?? [])]);
    input.value = '';
    status.textContent = '';
  });
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    chosen.add([...(event.dataTransfer?.files ?? [])]);
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const files = chosen.all();
    if (files.length === 0) {
      status.textContent = none;
      input.focus();
      return;
    }
    const data = new FormData();
    for (const file of files) data.append('file', file);
    // The only way to know how much has gone.
    const request = new XMLHttpRequest();
    request.open('POST', location.href);
    request.responseType = 'document';
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.round((loaded / total) * 100);
      progress.value = percent;
      status.textContent = sending.replace('{{percent}}', String(percent));
    };
    request.onerror = () => fail();
    request.onload = () => {
      const answer = (request.response as Document | null)?.querySelector('main');
      if (!answer) return fail();
      show(request.response as Document, answer);
    };
    button.disabled = true;
    progress.hidden = false;
    request.send(data);
  });

  function fail(): void {
    button.disabled = false;
    progress.hidden = true;
    status.textContent = failed;
  }
}

function show(page: Document, main: HTMLElement): void {
  document.title = page.title;
  document.querySelector('main')?.replaceWith(main);
  const again = document.querySelector('form');
  if (again) bindForm(again);
  // Who cannot see the page hears where it is now.
  document.querySelector('h1')?.focus();
  scrollTo(0, 0);
}

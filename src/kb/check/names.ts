import { nearest } from '../nearest.ts';
import { variable, variablesIn } from '../variables.ts';
import { finding, type Subject } from './rule.ts';
import { shownTexts } from './texts.ts';

/** `{{variables}}` that desk.yaml does not define, or that are not closed: contacts would see them as they are. */
export function* names(subject: Subject) {
  const { knowledge, settings } = subject;
  const { desk } = knowledge;
  const own = ['brand', 'crisisLine', 'helpLine', 'fileKinds', 'fileMaxMb'];
  const known = [...own, ...Object.keys(desk.links).map((link) => `${link}Url`), ...Object.keys(desk.variables)];
  for (const { source, language, path, text } of shownTexts(subject)) {
    for (const name of new Set(variablesIn(text))) {
      if (variable(name, knowledge, language) !== undefined) continue;
      const defined = known.filter((each) => variable(each, knowledge, language) !== undefined);
      const near = nearest(name, defined);
      const remedy = near ? `Did you mean {{${near}}}?` : `Add "${name}: …" to the variables in desk.yaml.`;
      const fault = `Unknown variable {{${name}}}.`;
      yield finding(
        source,
        path,
        { rule: 'variable', severity: 'error', fault, remedy },
        text.match(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`))?.[0],
      );
    }
  }
  for (const { source, path, text } of shownTexts(subject)) {
    const open = text.match(/\{\{(?![^{}\n]*\}\}).*/)?.[0];
    if (open === undefined) continue;
    const [fault, remedy] = ['A {{ is not closed: contacts would read it.', 'Write }} behind the name.'];
    yield finding(source, path, { rule: 'variable', severity: 'error', fault, remedy }, open.slice(0, 20));
  }
  const file = settings('desk.yaml');
  if (!file) return;
  for (const [name, value] of Object.entries(desk.variables)) {
    const [inner] = (typeof value === 'string' ? [value] : Object.values(value)).flatMap(variablesIn);
    if (inner === undefined) continue;
    const fault = `The value of {{${name}}} holds {{${inner}}}, which is not filled in.`;
    yield finding(file, ['variables', name], { rule: 'variable', severity: 'error', fault, remedy: 'Write the text out.' });
  }
}

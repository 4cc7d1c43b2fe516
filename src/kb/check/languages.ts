import { finding, type Subject } from './rule.ts';

/** Languages that a topic, a department or a value lacks although the desk speaks them. */
export function* languages({ knowledge, sourceOf, settings }: Subject) {
  const { languages: spoken, topics, departments, desk } = knowledge;
  const lacks = (texts: object) => spoken.filter((language) => !Object.hasOwn(texts, language)).join(', ');
  const rule = 'language';
  for (const topic of topics.values()) {
    const source = sourceOf(topic.id);
    const missing = lacks(topic.texts);
    if (!source || !missing) continue;
    const fault = `The topic has no ${missing}: contacts who write so are not understood, or answered in another language.`;
    yield finding(source, [], { rule, severity: 'warning', fault, remedy: 'Add title, questions and answer in it.' });
  }
  const departmentsFile = settings('departments.yaml');
  for (const [i, { id, name }] of departments.entries()) {
    const missing = lacks(name);
    if (!departmentsFile || !missing) continue;
    const fault = `The name of "${id}" has no ${missing}.`;
    yield finding(departmentsFile, [i, 'name'], { rule, severity: 'warning', fault, remedy: 'Add it.' });
  }
  const deskFile = settings('desk.yaml');
  if (!deskFile) return;
  for (const [name, value] of Object.entries(desk.variables)) {
    const missing = typeof value === 'string' ? '' : lacks(value);
    if (!missing) continue;
    const fault = `{{${name}}} has no ${missing}.`;
    yield finding(deskFile, ['variables', name], {
      rule,
      severity: 'warning',
      fault,
      remedy: 'Add it, or write one text for all languages.',
    });
  }
}

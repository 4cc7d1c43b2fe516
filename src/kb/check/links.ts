import { nearest } from '../nearest.ts';
import { finding, type Subject } from './rule.ts';

/** Names that lead nowhere: related topics, those asked often, departments, products, the default language. */
export function* links({ knowledge, exists, sourceOf, settings }: Subject) {
  const { topics, departments, desk, languages } = knowledge;
  const departmentIds = departments.map(({ id }) => id);
  const products = Object.keys(desk.products);
  const dead = (rule: string, what: string, name: string, known: Iterable<string>) => {
    const near = nearest(name, known);
    const remedy = near ? `Did you mean "${near}"?` : 'Correct the name, or remove it.';
    return { rule, severity: 'error' as const, fault: `There is no ${what} "${name}".`, remedy };
  };
  for (const topic of topics.values()) {
    const source = sourceOf(topic.id);
    if (!source) continue;
    for (const [i, id] of topic.related.entries()) {
      if (id === topic.id) {
        const fault = 'The topic is related to itself.';
        yield finding(source, ['related', i], { rule: 'related', severity: 'warning', fault, remedy: 'Remove it.' });
      } else if (!exists(id)) yield finding(source, ['related', i], dead('related', 'topic', id, topics.keys()));
    }
    if (departmentIds.length && !departmentIds.includes(topic.department)) {
      yield finding(source, ['department'], dead('department', 'department', topic.department, departmentIds));
    }
    if (products.length && topic.product !== undefined && !products.includes(topic.product)) {
      yield finding(source, ['product'], dead('product', 'product', topic.product, products));
    }
  }
  const file = settings('departments.yaml');
  for (const [i, id] of departmentIds.entries()) {
    if (!file || departmentIds.indexOf(id) === i) continue;
    const fault = `There are two departments "${id}".`;
    yield finding(file, [i, 'id'], { rule: 'department', severity: 'error', fault, remedy: 'Rename or remove one.' });
  }
  const deskFile = settings('desk.yaml');
  for (const [i, id] of desk.oftenAsked.entries())
    if (deskFile && !exists(id)) yield finding(deskFile, ['oftenAsked', i], dead('often-asked', 'topic', id, topics.keys()));
  if (deskFile && topics.size && ![...topics.values()].some(({ texts }) => Object.hasOwn(texts, desk.defaultLanguage))) {
    const fault = `No topic has the default language "${desk.defaultLanguage}".`;
    const remedy = `Name one of ${languages.filter((language) => language !== desk.defaultLanguage).join(', ')}.`;
    yield finding(deskFile, ['defaultLanguage'], { rule: 'language', severity: 'error', fault, remedy });
  }
}

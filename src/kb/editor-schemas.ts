import { z } from 'zod';
import { departmentsFile, deskFile, languageCode, lexiconFile, outOfScopeFile, topicFields, topicText } from './schema.ts';

/**
 * JSON Schemas by which an editor's YAML plug-in completes and checks the files of a knowledge folder, by file name under schema/.
 * `npm run schema` writes them; a test keeps them current.
 */
export function editorSchemas(): Record<string, object> {
  const topic = jsonSchema(topicFields);
  const { $schema: _, ...text } = jsonSchema(topicText);
  return {
    'topic.schema.json': { title: 'Topic', ...topic, patternProperties: { [languageCode.source]: text } },
    'lexicon.schema.json': { title: 'Lexicon', ...jsonSchema(lexiconFile) },
    'out-of-scope.schema.json': { title: 'Out of scope', ...jsonSchema(outOfScopeFile) },
    'departments.schema.json': { title: 'Departments', ...jsonSchema(departmentsFile) },
    'desk.schema.json': { title: 'Desk', ...jsonSchema(deskFile) },
  };
}

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });

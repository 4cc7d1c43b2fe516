import type { GapGroup } from '../../../src/server/desk/knowledge-protocol.ts';

type Drafted = Pick<GapGroup, 'language' | 'messages' | 'replies' | 'nearest' | 'words'>;

/**
 * A group of unanswered messages as the draft of a topic: its questions are there, and as its answer what an agent wrote where they
 * solved it; title and wording are for an editor. `enabled` is
 * false, so that a draft that lands in the folder answers nobody. What people wrote stands in double quotes, which YAML reads as JSON does.
 */
export function draftTopic({ language, messages, replies, nearest, words }: Drafted): string {
  const questions = [...new Set(messages.map((text) => text.replace(/\s+/g, ' ').trim()))].filter(Boolean);
  const [reply, ...others] = replies;
  return [
    '# A draft from unanswered messages: read them again, leave out what is personal, and write title and answer.',
    ...(nearest ? [`# The nearest topic is ${nearest.id}: perhaps these are questions of it.`] : []),
    `department: ${nearest?.department || 'support'}`,
    'policy: answer',
    'enabled: false',
    `${language}:`,
    `  title: ${JSON.stringify(words.length > 0 ? `Draft: ${words.join(' ')}` : 'Draft')}`,
    '  questions:',
    ...questions.map((text) => `    - ${JSON.stringify(text)}`),
    ...(reply === undefined
      ? ['  answer: |', '    …']
      : [
          '  # What an agent answered to one of them: make it true for all.',
          `  answer: ${JSON.stringify(reply)}`,
          ...others.map((text) => `  # or: ${JSON.stringify(text)}`),
        ]),
    '',
  ].join('\n');
}

/** What a check of inputs found wrong, as the schemas' library tells it. */
export interface InputFault {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

/** What is wrong with an input, as a sentence without its end that names the field: `kinds is missing`. What a schema says in words of its own stays. */
export function faultWords({ instancePath, keyword, message = '', params }: InputFault): string {
  const name = instancePath.slice(1).replaceAll('/', '.') || 'body';
  // The library's own words are for programmers; a schema's are ours.
  const own = /^(Invalid|Too |Unrecognized)/.test(message) ? undefined : message;
  return `${name} ${own ?? said(keyword, message, params) ?? 'is not what is expected there'}`;
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function said(keyword: string, message: string, params: Record<string, unknown>): string | undefined {
  const { expected, origin, minimum, maximum, keys, values, format } = params;
  switch (keyword) {
    case 'invalid_type':
      if (/received undefined$/.test(message)) return 'is missing';
      return `must be ${kinds[String(expected)] ?? String(expected)}`;
    case 'too_small':
      return `must ${amount(String(origin), 'at least', Number(minimum))}`;
    case 'too_big':
      return `must ${amount(String(origin), 'at most', Number(maximum))}`;
    case 'unrecognized_keys':
      return `knows nothing called ${(keys as string[]).join(', ')}`;
    case 'invalid_value':
      return `must be ${(values as unknown[]).length > 1 ? 'one of ' : ''}${(values as unknown[]).join(', ')}`;
    case 'invalid_format':
      return formats[String(format)];
    default:
      return undefined;
  }
}

const formats: Record<string, string> = {
  regex: 'holds characters that may not stand there, or is too long',
  email: 'must be an e-mail address',
  url: 'must be an address such as https://example.com',
  datetime: 'must be a time with its zone, such as 2026-01-31T09:00:00Z',
};

function amount(origin: string, bound: string, count: number): string {
  if (origin === 'string') return `have ${bound} ${count} ${count === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `hold ${bound} ${count}`;
  return `be ${bound} ${count}`;
}

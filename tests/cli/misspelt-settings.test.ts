import { expect, test } from 'vitest';
import { misspelt } from '../../src/cli/misspelt-settings.ts';
import { settingNames } from '../../src/config.ts';

test.each([
  ['TELEGRAM_TOKEN', 'TELEGRAM_BOT_TOKEN'],
  ['DISCORD_TOKEN', 'DISCORD_BOT_TOKEN'],
  ['TRUST_PROXI', 'TRUST_PROXY'],
  ['REDIS_URI', 'REDIS_URL'],
  ['PUBLIC_ADDRESS_URL', undefined],
  ['POSTGRES_PASSWORD', undefined],
  ['COMPOSE_PROJECT_NAME', undefined],
  ['NODE_OPTIONS', undefined],
  ['TZ', undefined],
  ['NEW_SECRET_KEY', undefined],
])('%s was probably meant to be %s', (name, meant) => {
  expect(misspelt([name])).toEqual(meant ? [[name, meant]] : []);
});

test('no setting is taken for a misspelt one', () => {
  expect(misspelt(settingNames)).toEqual([]);
});

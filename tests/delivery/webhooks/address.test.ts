import { expect, test } from 'vitest';
import { checkAddress, isPrivate } from '../../../src/delivery/webhooks/address.ts';

test.each([
  ['https://hooks.example.com/destek', false],
  ['https://hooks.example.com:8443/a?b=c', false],
  ['https://93.184.216.34/', false],
  ['https://10.0.0.7/', true],
  ['http://localhost:9000/hook', true],
  ['http://127.0.0.1/hook', true],
  ['http://[::1]:80/', true],
])('%s may be a webhook (private networks: %s)', (url, allowPrivate) => {
  expect(checkAddress(url, allowPrivate).protocol).toMatch(/^https?:$/);
});

test.each([
  ['no address', 'hooks', /no web address/],
  ['another protocol', 'ftp://hooks.example.com/', /no web address/],
  ['a file', 'file:///etc/passwd', /no web address/],
  ['http to others', 'http://hooks.example.com/', /not encrypted/],
  ['a password in it', 'https://me:secret@hooks.example.com/', /name or password/],
  ['this machine', 'http://localhost/', /does not reach/],
  ['this machine by another name', 'https://app.localhost/', /does not reach/],
  ['this machine by number', 'https://127.0.0.1/', /does not reach/],
  ['this machine in other digits', 'https://0x7f.1/', /does not reach/],
  ['this machine as one number', 'https://2130706433/', /does not reach/],
  ['a private network', 'https://192.168.1.1/', /does not reach/],
  ['the cloud’s own service', 'https://169.254.169.254/latest/meta-data', /does not reach/],
  ['IPv6 loopback', 'https://[::1]/', /does not reach/],
  ['IPv4 within IPv6', 'https://[::ffff:10.0.0.1]/', /does not reach/],
  ['a unique local address', 'https://[fd00::1]/', /does not reach/],
])('%s is refused with a remedy', (_, url, why) => {
  expect(() => checkAddress(url, false)).toThrow(why);
});

test('names are no addresses, public numbers are public', () => {
  expect([isPrivate('example.com'), isPrivate('8.8.8.8'), isPrivate('2606:4700::1111'), isPrivate('172.31.255.255')]).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Fault } from '../../errors.ts';

/**
 * The address that a webhook may have: https; http only to this machine itself. Names and passwords in it are refused, for it is shown.
 * Networks that the internet does not reach (this machine among them) only where `allowPrivate`: whoever may set an address here must not
 * get to what stands behind the firewall.
 */
export function checkAddress(given: string, allowPrivate: boolean): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw refused('is no web address', 'It begins with https://.');
  if (url.username || url.password) throw refused('carries a name or password', 'Check the signature of deliveries instead.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const here = host === 'localhost' || host.endsWith('.localhost') || isIn(loopback, host);
  if (url.protocol === 'http:' && !here) throw refused('is not encrypted', 'Use https://; http:// only for this machine.');
  if (!allowPrivate && (here || isPrivate(host))) throw refusedPrivate();
  return url;
}

/** Looks names up for a request, and refuses private answers there too: a name may point elsewhere tomorrow. */
export function guardedLookup(allowPrivate: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const refusal = !allowPrivate && found.some(({ address }) => isPrivate(address));
      if (refusal || found.length === 0) return done(Object.assign(new Error('private address'), { code: 'EPRIVATE' }), '', 0);
      if (options.all) return done(null, found);
      return done(null, found[0]?.address ?? '', found[0]?.family ?? 0);
    });
  };
}

/** True of an address that the internet does not reach; false of names. */
export function isPrivate(address: string): boolean {
  return isIn(inside, address);
}

// IANA, "Special-Purpose Address Registry"; what carries an IPv4 address inside counts as private as a whole. A list for each family:
// in one, ::ffff:0:0/96 would be every IPv4 address.
const inside = {
  4: listOf(
    'ipv4',
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  ),
  6: listOf(
    'ipv6',
    '::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8',
  ),
};
const loopback = { 4: listOf('ipv4', '127.0.0.0/8'), 6: listOf('ipv6', '::1/128') };

function isIn(lists: typeof inside, address: string): boolean {
  const family = isIP(address);
  return family === 6 ? lists[6].check(address, 'ipv6') : family === 4 && lists[4].check(address, 'ipv4');
}

function listOf(family: 'ipv4' | 'ipv6', ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(' ')) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}

function refusedPrivate(): Fault {
  return refused('leads to a network that the internet does not reach', 'Set WEBHOOK_PRIVATE=true where that is meant.');
}

function refused(what: string, remedy: string): Fault {
  return new Fault('webhook.refused', `This address ${what}.`, remedy);
}

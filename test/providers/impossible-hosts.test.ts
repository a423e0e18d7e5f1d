import t from 'tap';
import { start } from '../../src/client/index.js';
import { mistakesOf } from './files/shop.js';

const variables = { a: { example: 'x' }, b: { example: 'y' } };
const addresses = ['127.0.0.1', '0.0.0.0', '10.1.2.3', '1.2.3', '127.1', 'a.0x7f', 'x.1'];
const loopbackNames = ['x.localhost', 'a.b.localhost', '{a}.localhost'];
const tooWide = ['{a}.{b}', '{a}.example', 'x.{a}', 'x.{a}.example', '{a}.{b}.example'];

t.test('a host at which the server itself answers, or that is every host, is no host of a provider', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld();
  const told = [
    [addresses, /is an IP address, at which the server itself answers/],
    [loopbackNames, /is a name of this machine/],
    [tooWide, /expected two labels without a variable at its end/],
  ] as const;
  for (const [hosts, message] of told) {
    for (const host of hosts) {
      const found = mistakesOf(t, { 'acme.json': JSON.stringify({ variables, hosts: ['acme.example', host] }) });
      t.equal(found.length, 1, host);
      t.match(found[0], message);
      t.match(found[0], / hosts\.1: /);
      await t.rejects(world.defineProvider('acme', { variables, hosts: [host] }), { message });
    }
  }
  t.match(mistakesOf(t, { 'acme.json': '{"hosts":["[::1]"]}' }), [/hosts\.0: expected: a host name/]);
  await t.rejects(start({ providers: [{ name: 'acme', hosts: ['127.0.0.1'] }] }), /hosts\.0: 127\.0\.0\.1 is an IP/);
});

t.test('a host with variables before two labels, or with digits in its last label, is one', (t) => {
  const hosts = [
    '{a}.acme.example',
    '{a}.{b}.acme.example',
    'x.{a}.acme.example',
    '1.2.3.example',
    'localhost.example',
  ];
  t.same(mistakesOf(t, { 'acme.json': JSON.stringify({ variables, hosts: [...hosts, 'acme.xn--p1ai', 'a.b2'] }) }), []);
  t.end();
});

import { hostname } from 'node:os';
import t from 'tap';
import { forLocalClient, forRemoteClient } from '../../src/proxy/lookup.js';
import type { LookupFunction } from 'node:net';

const lookUp = (how: LookupFunction, name: string, options = {}): Promise<unknown> =>
  new Promise((resolve) => {
    how(name, options, (error, ...found) => {
      resolve(error === null ? found : error.message);
    });
  });

t.test('a client on another machine does not reach this one, whatever its name', async (t) => {
  t.match(await lookUp(forRemoteClient, 'localhost'), 'localhost is the machine of the proxy');
  t.match(await lookUp(forRemoteClient, 'localhost', { all: true }), 'localhost is the machine of the proxy');
  t.match(await lookUp(forRemoteClient, hostname()), /is the machine of the proxy|\d/);
  t.match(await lookUp(forLocalClient, 'localhost'), [/127\.0\.0\.1|::1/]);
});

t.test('other names are looked up as usual', async (t) => {
  t.strictSame(await lookUp(forRemoteClient, '192.0.2.1'), ['192.0.2.1', 4]);
  t.strictSame(await lookUp(forRemoteClient, '192.0.2.1', { all: true }), [[{ address: '192.0.2.1', family: 4 }]]);
  t.match(await lookUp(forRemoteClient, 'nowhere.invalid'), /ENOTFOUND|EAI_AGAIN/);
});

import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { decide } from '../../src/proxy/decide.js';
import { destinationRules } from '../../src/proxy/destination-rules.js';
import { forLocalClient, forRemoteClient } from '../../src/proxy/lookup.js';
import { Worlds } from '../../src/world/worlds.js';
import type { IncomingMessage } from 'node:http';

const rules = destinationRules(providers, ['*']);
const served = { worlds: new Worlds({ providers }), listed: true };
const from = (remoteAddress: string): IncomingMessage =>
  Object.assign(Object.create(null) as IncomingMessage, { headers: {}, socket: { remoteAddress } });

t.test('a client on another machine is not connected to services of this one', (t) => {
  t.match(decide(from('127.0.0.1'), 'example.test:80', 80, rules, served), { kind: 'pass', lookup: forLocalClient });
  t.match(decide(from('192.0.2.9'), 'example.test:80', 80, rules, served), { kind: 'pass', lookup: forRemoteClient });
  t.match(decide(from('192.0.2.9'), 'localhost:80', 80, rules, served), { kind: 'refuse', problem: { status: 502 } });
  t.end();
});

import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import t from 'tap';
import type { Test } from 'tap';
import type { HostContexts } from '../../src/tls/host-contexts.js';
import { tlsEntrance } from '../../src/tls/tls-entrance.js';
import type { Credentials } from '../../src/tls/authority.js';

/** The entrance behind a port, with certificates that are made when the test says so, and what it reported. */
async function startEntrance(t: Test, withoutName: () => Promise<Credentials>) {
  const reported: string[] = [];
  const contexts = { withoutName, knows: () => true, contextFor: () => Promise.reject(new Error('no context')) };
  const entrance = tlsEntrance(
    contexts as unknown as HostContexts,
    {
      secured: () => reported.push('secured'),
      plain: () => reported.push('plain'),
      failed: (reason) => reported.push(reason),
      unknownName: (name) => reported.push(name),
    },
    5000,
  );
  const server = createServer(entrance).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  t.teardown(() => {
    client.destroy();
    server.close();
  });
  const [raw] = (await once(server, 'connection')) as [Socket];
  return { client, raw, reported };
}

t.test('a client that leaves while the certificate is made is forgotten, and is no failed handshake', async (t) => {
  const events = new EventEmitter();
  const { client, raw, reported } = await startEntrance(t, async () => {
    events.emit('asked');
    await once(events, 'made');
    return { key: '', cert: '' };
  });
  const asked = once(events, 'asked');
  client.write(Buffer.from([0x16]));
  await asked;
  raw.destroy();
  await once(raw, 'close');
  events.emit('made');
  await new Promise(setImmediate);
  t.same(reported, []);
});

t.test('a certificate that cannot be made ends the connection, with the reason', async (t) => {
  const { client, reported } = await startEntrance(t, () => Promise.reject(new Error('the disk is full')));
  client.write(Buffer.from([0x16]));
  await once(client, 'close');
  t.same(reported, ['the disk is full']);
});

import { once } from 'node:events';
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { destinationRules } from '../../src/proxy/destination-rules.js';
import { proxyServer } from '../../src/proxy/proxy-server.js';
import { Worlds } from '../../src/world/worlds.js';
import { openLog } from '../../src/logging.js';
import { sendRaw } from '../raw.js';
import type { AddressInfo } from 'node:net';

t.test('a proxy that closes opens no tunnel', async (t) => {
  const { server, closeTunnels } = proxyServer({
    rules: destinationRules(providers, ['*']),
    served: { worlds: new Worlds({ providers }), listed: true },
    log: openLog('silent'),
    waitMs: 5000,
    serverUrl: 'http://127.0.0.1:1',
    serveConnection: () => undefined,
    serveRequest: () => undefined,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connectTo = `CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n`;
  t.match(await sendRaw(url, connectTo), /^HTTP\/1\.1 502 /);
  closeTunnels();
  t.equal(await sendRaw(url, connectTo), '');
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import t from 'tap';
import { connect } from '../../src/client/index.js';
import type { AddressInfo, Socket } from 'node:net';

t.test('a GET on a kept connection that the server closed is sent again, another method is not', async (t) => {
  const served = new Map<Socket, number>();
  const server = createServer((request, response) => {
    const count = (served.get(request.socket) ?? 0) + 1;
    served.set(request.socket, count);
    if (count > 1) request.socket.destroy();
    else response.setHeader('content-type', 'application/json').end('{"worlds":[]}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await client.worlds();
  await client.worlds();
  t.equal(served.size, 2, 'two connections');
  await t.rejects(client.world().clock.advance('1m'), /POST .* did not answer/);
});

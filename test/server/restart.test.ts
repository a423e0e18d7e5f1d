import t from 'tap';
import { start } from '../../src/client/index.js';

t.test('a client in the process of the server can call the next server at its port at once', async (t) => {
  const call = async (url: string): Promise<number> => {
    const answer = await fetch(`${url}/mailup/API/v1.1/Rest/x`);
    await answer.arrayBuffer();
    return answer.status;
  };
  let server = await start();
  t.teardown(() => server.close());
  for (let i = 0; i < 5; i += 1) {
    t.equal(await call(server.url), 401, 'the connection is kept');
    await server.close();
    server = await start({ port: Number(new URL(server.url).port) });
  }
  t.equal(await call(server.url), 401);
});

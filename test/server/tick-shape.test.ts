import t from 'tap';
import { start } from '../../src/client/index.js';
import { keptTick } from '../../src/server/tick-shape.js';

t.test('a server keeps an object of process.nextTick, so that V8 does not forget its shape', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const kept = keptTick();
  t.type(Reflect.get(kept ?? {}, 'callback'), 'function');
  t.same(
    Object.getOwnPropertySymbols(kept ?? {}).map(({ description }) => description),
    ['async_id_symbol', 'trigger_async_id_symbol'],
  );
  await (await start()).close();
  t.equal(keptTick(), kept, 'one is enough');
});

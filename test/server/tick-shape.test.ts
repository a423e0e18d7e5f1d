import t from 'tap';
import { start } from '../../src/client/index.js';
import { keptTick } from '../../src/server/tick-shape.js';

t.test('a server keeps an object of process.nextTick, so that V8 does not forget its shape', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const kept = keptTick();
  t.type(Reflect.get(kept ?? {}, 'callback'), 'function');
  // later versions of Node have more
  const symbols = Object.getOwnPropertySymbols(kept ?? {}).map(({ description }) => String(description));
  t.ok(
    symbols.some((each) => /async.?id/i.test(each)),
    symbols.join(),
  );
  await (await start()).close();
  t.equal(keptTick(), kept, 'one is enough');
});

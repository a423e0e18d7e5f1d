import t from 'tap';
import { startServer } from '../support.js';
import { cases } from './cases/index.js';
import { DottedSign } from './dotted-sign.js';
import { knownDifferences } from './known-differences.js';
import { differences, golden, play } from './replay.js';
import { agent } from './wire.js';

t.test('every case has its answer of Doorkeeper, and every answer its case', async (t) => {
  const ids = cases.map(({ id }) => id);
  t.same(Object.keys(golden.cases).sort(), [...new Set(ids)].sort());
  t.equal(ids.length, new Set(ids).size, 'no id twice');
});

t.test('at most ten answers differ from those of Doorkeeper', async (t) => {
  t.ok(Object.keys(knownDifferences).length <= 10);
  t.same(
    Object.keys(knownDifferences).filter((id) => !(id in golden.cases)),
    [],
  );
});

t.test('DottedSign answers as Doorkeeper 5.6.6 on Rails 6.1', async (t) => {
  const server = await startServer();
  const dottedSign = new DottedSign(server.url);
  t.teardown(async () => {
    agent.destroy();
    await server.close();
  });
  await dottedSign.setUp();
  for (const each of cases) {
    const found = differences(golden.cases[each.id] ?? {}, await play(dottedSign, each));
    if (each.id in knownDifferences) t.not(found.length, 0, `${each.id} differs, as known-differences.ts says`);
    else t.same(found, [], each.id);
  }
});

import t from 'tap';
import { reload } from '../../src/server/reload.js';
import type { FastifyBaseLogger } from 'fastify';
import type { ScenarioLibrary } from '../../src/world/scenario/library.js';
import type { Worlds } from '../../src/world/worlds.js';

t.test('a mistake in a scenario file says whether an earlier version is in force', async (t) => {
  const told: string[] = [];
  const log = { error: (line: string) => told.push(line) } as unknown as FastifyBaseLogger;
  const library = {
    get: (name: string) => Promise.resolve(name === 'known' ? {} : undefined),
  } as unknown as ScenarioLibrary;
  const mistake = { line: 1, column: 2, path: 'seed', message: 'is wrong' };
  await reload(log, { scenarioName: 'default' } as unknown as Worlds, library, [
    { ...mistake, file: 'dir/known.yaml' },
    { ...mistake, file: 'dir/fresh.understudy.yaml' },
  ]);
  t.same(told, [
    'the scenario is unchanged: dir/known.yaml:1:2: seed: is wrong',
    'there is no scenario of this file: dir/fresh.understudy.yaml:1:2: seed: is wrong',
  ]);
});

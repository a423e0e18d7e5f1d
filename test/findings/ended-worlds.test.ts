import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { weightOf } from '../../src/findings/ended-weight.js';
import { EndedWorlds, waitingBytes } from '../../src/findings/ended-worlds.js';
import { longestRecorded } from '../../src/world/journal/recorded-body.js';
import { startServer } from '../support.js';
import { Stage } from './stage.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';
import type { World } from '../../src/world/world.js';

const small = await startServer();
t.teardown(() => small.close());
const stage = new Stage(small, 'tinyemail');
t.teardown(() => {
  stage.close();
});
await stage.authorize({ state: undefined });

/** An entry of a world's journal, which is like the one of a request that was answered. */
const anEntry = ({ journal }: World): JournalEntry => ({
  ...stage.world.journal.entries()[0]!,
  id: journal.nextId(),
  weight: 0,
});

t.test(
  'limit "ended worlds that no report has asked for": the oldest are judged, and only their findings are kept',
  async (t) => {
    const ended = new EndedWorlds();
    const bodies = Math.ceil(waitingBytes / (2 * longestRecorded));
    const end = (id: string, entries: number): World => {
      const world = small.worlds.open({ id });
      small.realm('tinyemail', id);
      for (let i = 0; i < entries; i += 1) {
        const entry = { ...anEntry(world), body: { text: 'x'.repeat(longestRecorded), parse: undefined } };
        world.journal.open(entry);
        world.journal.close(entry);
      }
      ended.add(world);
      return world;
    };
    const [first, second, third] = [end('first', bodies / 2), end('second', bodies / 2 - 1), end('third', 20)];
    t.ok(first.journal.size > 0, 'nothing is judged while the requests of a test are answered');
    while (first.journal.size > 0) await setTimeout(10);
    await setTimeout(50);
    t.ok(second.journal.size > 0 && third.journal.size > 0, 'those that fit still wait');
    t.same(
      (await ended.list()).map(({ world }) => world),
      ['first', 'second', 'third'],
    );
    t.same([second.journal.size, third.journal.size, ended.forgotten], [0, 0, 0]);
  },
);

t.test('an ended world is judged for the time of its end, whenever a report asks', async (t) => {
  const ended = new EndedWorlds();
  const world = small.worlds.open({ id: 'old' });
  small.realm('tinyemail', 'old');
  world.journal.open(anEntry(world));
  const end = world.clock.now();
  ended.add(world);
  world.clock.advance(3_600_000);
  const [judgement] = await ended.list();
  t.ok(Date.parse(judgement!.at) - end < 60_000, judgement!.at);
});

t.test('the tokens and the scenario of an ended world count', async (t) => {
  const empty = small.worlds.open({ id: 'weight-empty' });
  const full = small.worlds.open({ id: 'weight-full' });
  const { refreshTokens } = small.realm('tinyemail', full.id);
  for (let i = 0; i < 1000; i += 1) refreshTokens.set(`token ${i}`, {} as never);
  t.ok(weightOf(full) - weightOf(empty) > 500_000, 'a thousand tokens');
  const [user] = small.worlds.scenario.providers!.tinyemail!.users!;
  const users = [{ ...user!, profile: { text: 'x'.repeat(1_000_000) } }];
  const scenario = { ...small.worlds.scenario, providers: { tinyemail: { users } } } as typeof small.worlds.scenario;
  t.ok(
    weightOf(small.worlds.open({ id: 'weight-scenario', scenario })) - weightOf(empty) > 1_000_000,
    'a long scenario',
  );
});

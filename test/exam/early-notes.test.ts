import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { checks } from '../../src/exam/checks/index.js';
import { earlyNotes } from '../../src/exam/early-notes.js';
import { runExam } from '../../src/exam/run-exam.js';
import { ClientWithHabits } from './client-with-habits.js';

t.test('a slow client is told before the first check how long the exam will take', async (t) => {
  await using server = await start();
  const world = server.world();
  const provider = 'mailup';
  const client = new ClientWithHabits(await world.providers.describe(provider), {});
  const { call } = client;
  const slow = Object.assign(client, {
    call: async (browser: Parameters<typeof call>[0]) => {
      await setTimeout(30);
      return call(browser);
    },
  });
  const controller = new AbortController();
  const notes: string[] = [];
  const result = await runExam({
    world,
    provider,
    client: slow,
    checks,
    repeat: 20,
    signal: controller.signal,
    onNote: (note) => {
      notes.push(note);
      controller.abort();
    },
  });
  t.match(notes, [
    /^the first flow and its calls took \d\.\d s, so \d+ checks will take at least about \w+; the options only and/,
  ]);
  t.match(result, { interrupted: true, checks: { length: 0 } });
});

t.test('a short exam has no such note', (t) => {
  const short = { callsProveNothing: undefined, flowMs: 900, checks: 100 };
  t.strictSame(earlyNotes(short), []);
  t.strictSame(earlyNotes({ ...short, flowMs: 6000 }), [
    'the first flow and its calls took 6.0 s, so 100 checks will take at least about 10m; the options only and group select fewer',
  ]);
  t.end();
});

import t from 'tap';
import { start } from '../../src/client/index.js';
import { defineCheck } from '../../src/exam/check.js';
import { passed } from '../../src/exam/judgement.js';
import { runExam } from '../../src/exam/run-exam.js';
import { ClientWithHabits } from './client-with-habits.js';
import type { StagedCheck } from '../../src/exam/check.js';

const facts = {
  group: 'life',
  clause: 'none',
  severity: 'error',
  stages: 'A stage.',
  looksAt: 'What happens.',
  advice: 'None.',
} as const;

t.test('a check that takes too long is not judged, and cannot act in the world of the next one', async (t) => {
  await using server = await start();
  const world = server.world();
  const client = new ClientWithHabits(await world.providers.describe('mailup'), {});
  let refusal: unknown;
  const tooLong = defineCheck({
    ...facts,
    id: 'too-long',
    title: 'It waits',
    async examine(stage) {
      const browser = await stage.newBrowser();
      await stage.pause(1400);
      const late = [
        () => stage.fault({ match: {}, fault: { kind: 'hang' } }),
        () => stage.connect(browser),
        () => stage.lastId(),
      ];
      const ended = await Promise.allSettled(late.map((act) => act()));
      refusal = ended.map((each) => (each.status === 'rejected' ? String(each.reason) : 'done'));
      return passed('It waited.');
    },
  } satisfies StagedCheck);
  const next = defineCheck({
    ...facts,
    id: 'next',
    title: 'It looks for faults',
    async examine(stage) {
      await stage.pause(400);
      return passed(`${(await stage.world.faults.list()).length} faults`);
    },
  } satisfies StagedCheck);
  const { checks } = await runExam({ world, provider: 'mailup', client, checks: [tooLong, next], timeoutMs: 200 });
  t.match(checks, [
    { verdict: 'not-seen', explanation: 'the check took longer than 1.2 s' },
    { verdict: 'passed', explanation: '0 faults' },
  ]);
  t.strictSame(refusal, Array(3).fill('Error: the check is over'));
});

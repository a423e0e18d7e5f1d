import t from 'tap';
import { start } from '../../src/client/index.js';
import { defineCheck } from '../../src/exam/check.js';
import { tryFirstFlow } from '../../src/exam/first-flow.js';
import { NotSeen, passed } from '../../src/exam/judgement.js';
import { runExam } from '../../src/exam/run-exam.js';
import { selectChecks } from '../../src/exam/select-checks.js';
import { Stage } from '../../src/exam/stage.js';
import { ExaminedProvider } from '../../src/exam/examined-provider.js';
import { exam } from '../../src/library.js';
import { ClientWithHabits } from './client-with-habits.js';
import { sampleClient } from './sample-client.js';
import type { World } from '../../src/client/index.js';
import type { Check, StagedCheck } from '../../src/exam/check.js';
import type { ClientUnderExam } from '../../src/exam/client-under-exam.js';
import type { Person } from '../../src/client/browser.js';
import type { ExamResult } from '../../src/exam/result.js';

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

/** Examines a client of functions at MailUp, with other members than usual. */
async function examOf(
  change: (client: ClientUnderExam) => Partial<ClientUnderExam>,
  checks: readonly Check[],
  timeoutMs?: number,
): Promise<ExamResult> {
  await using server = await start();
  const world = server.world();
  const client = new ClientWithHabits(await world.providers.describe('mailup'), {});
  return await runExam({ world, provider: 'mailup', client: Object.assign(client, change(client)), checks, timeoutMs });
}

const staged = (examine: StagedCheck['examine']): Check =>
  defineCheck({ ...facts, id: 'staged', title: 'It has a stage', examine } satisfies StagedCheck);

t.test('an application that ends by itself fails the check in which it ended, whatever else was seen', async (t) => {
  let crashes = 0;
  let flows = 0;
  const change = ({ connect }: ClientUnderExam): Partial<ClientUnderExam> => ({
    crashes: () => crashes,
    connect: (...given) => {
      flows += 1;
      // not in the first flow
      if (flows > 1) crashes += 1;
      return connect(...given);
    },
  });
  const unseen = staged(async (stage) => {
    await stage.connected();
    throw new NotSeen('the client exchanged no code');
  });
  const seen = staged(async (stage) => {
    await stage.connected();
    return passed('It connected.');
  });
  const { checks } = await examOf(change, [unseen, seen, ...selectChecks({ only: ['state-sent', 'no-password'] })]);
  t.match(checks, [
    { verdict: 'failed', explanation: 'The application ended by itself: the client exchanged no code.' },
    { verdict: 'failed', explanation: 'The application ended by itself. It connected.' },
    { verdict: 'failed', explanation: /^The application ended by itself\. / },
    { verdict: 'failed', explanation: /^The application ended by itself\. / },
  ]);
});

t.test('an ordinary run that takes too long ends', async (t) => {
  let calls = 0;
  const never = new Promise<never>(() => undefined);
  const change = ({ call }: ClientUnderExam): Partial<ClientUnderExam> => ({
    call: (browser) => {
      calls += 1;
      // those of the first flow are answered
      return calls <= 2 ? call(browser) : never;
    },
  });
  const { checks } = await examOf(change, selectChecks({ only: ['state-sent'] }), 100);
  t.match(checks, [{ verdict: 'not-seen', explanation: 'the check took longer than 0.6 s' }]);
});

t.test('a fault of the exam itself is no missing check', async (t) => {
  const broken: Check = {
    ...staged(() => Promise.resolve(passed('It does nothing.'))),
    notFor: () => {
      throw new TypeError('a fault of the exam');
    },
  };
  await t.rejects(
    examOf(() => ({}), [broken]),
    { message: 'a fault of the exam' },
  );
});

t.test('a stop does not wait for a function', async (t) => {
  const stop = new AbortController();
  const { connect, call } = sampleClient();
  let flows = 0;
  const result = await exam({
    provider: 'dottedsign',
    only: ['state-fresh', 'good-token-401'],
    signal: stop.signal,
    timeout: '10m',
    connect: (tools) => {
      flows += 1;
      if (flows === 1) return connect(tools);
      stop.abort();
      return new Promise(() => undefined);
    },
    call,
  });
  t.match(result, { interrupted: true, checks: [], grade: null });
});

/** A stage of a world, without a scenario of the exam. */
async function stageOf(world: World, client: ClientUnderExam, timeoutMs: number): Promise<Stage> {
  const ada: Person = { id: 'ada@example.test', username: 'ada@example.test', password: 'understudy' };
  const provider = new ExaminedProvider(await world.providers.describe('mailup'));
  const { signal } = new AbortController();
  return new Stage({ world, provider, client, people: [ada, ada], timeoutMs, signal });
}

t.test('an application that does not answer a disconnection is not asked again for each browser', async (t) => {
  await using server = await start();
  let asked = 0;
  const client = {
    disconnect: () => {
      asked += 1;
      return new Promise((resolve) => setTimeout(resolve, asked < 3 ? 10 : 150));
    },
  } as unknown as ClientUnderExam;
  const stage = await stageOf(server.world(), client, 100);
  for (let browsers = 0; browsers < 6; browsers += 1) await stage.newBrowser();
  await stage.leave();
  t.equal(asked, 3);
});

t.test('a server whose clock is ahead does not slow the exam down', async (t) => {
  await using server = await start();
  const world = server.world();
  const { list } = world.journal;
  const ahead: World['journal']['list'] = async (query) =>
    (await list(query)).map((entry) => ({
      ...entry,
      realAt: new Date(Date.parse(entry.realAt) + 300_000).toISOString(),
    }));
  Object.assign(world, { journal: { ...world.journal, list: ahead } });
  await world.play({ extends: 'default', journal: { secrets: 'plain' } });
  const client = new ClientWithHabits(await world.providers.describe('mailup'), {});
  const { lateMs } = await tryFirstFlow(await stageOf(world, client, 1000));
  t.ok(lateMs < 2000, `${lateMs} ms`);
});

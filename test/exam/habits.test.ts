import t from 'tap';
import { start } from '../../src/client/index.js';
import { runExam } from '../../src/exam/run-exam.js';
import { selectChecks } from '../../src/exam/select-checks.js';
import { ClientWithHabits } from './client-with-habits.js';
import type { Habits } from './client-with-habits.js';

t.jobs = 3;

const server = await start();
t.teardown(() => server.close());

/** The checks of life and api that find fault with these habits, by verdict: `warned refresh-after-401`. */
async function faultsOf(habits: Habits, only: readonly string[] = [], provider = 'mailup'): Promise<string[]> {
  await using world = await server.newWorld();
  const client = new ClientWithHabits(await world.providers.describe(provider), habits);
  const checks = selectChecks(only.length > 0 ? { only } : { group: ['life', 'api'] });
  const result = await runExam({ world, provider, client, checks });
  return result.checks
    .filter(({ verdict }) => !['passed', 'not-seen', 'not-applicable'].includes(verdict) || only.length > 0)
    .map(({ id, verdict }) => `${verdict} ${id}`);
}

const keeps = ['refresh-500', 'refresh-429', 'refresh-reset', 'refresh-html'].map((id) => `${id}-keeps-connection`);
const verdicts = (verdict: string, ids: readonly string[]): string[] => ids.map((id) => `${verdict} ${id}`);

void t.test('a client without bad habits passes', async (t) => {
  t.strictSame(await faultsOf({}), []);
});

void t.test('a client that sends people to the provider in place of a refresh is warned once', async (t) => {
  t.strictSame(await faultsOf({ refreshesNever: true }), ['warned refresh-after-401']);
});

void t.test(
  'a client that keeps away for a minute after an error is not judged by what it cannot do yet',
  async (t) => {
    // it also calls the API at the end of a flow, and refreshes early there
    t.strictSame(await faultsOf({ keepsAwayMs: 60_000, callsAtConnect: true }), []);
  },
);

void t.test('a client whose errors look like no connection is warned that it recovers late', async (t) => {
  const habits = { keepsAwayMs: 60_000, errorStatus: 500, unconnectedStatus: 500 };
  t.strictSame(await faultsOf(habits, keeps), verdicts('warned', keeps));
});

void t.test('functions that keep away for a minute after an error are warned', async (t) => {
  t.strictSame(await faultsOf({ keepsAwayMs: 60_000, hasNoPages: true }, keeps), verdicts('warned', keeps));
});

void t.test('a client that shows its last good answer instead of an error passes', async (t) => {
  t.strictSame(await faultsOf({ keepsAnswers: true, keepsAwayMs: 60_000 }), []);
});

void t.test('a client whose HTTP library repeats what failed passes, also if a use makes five calls', async (t) => {
  t.strictSame(await faultsOf({ repeats: 2, callsPerUse: 5 }), []);
});

void t.test('a client that repeats a 429 after the time of Retry-After passes', async (t) => {
  const only = ['refresh-429-waits', 'rate-limit-waits'];
  t.strictSame(await faultsOf({ repeatsTooManyAfterMs: 1000 }, only), verdicts('passed', only));
});

void t.test('one that repeats it sooner fails, also if several calls share the refresh', async (t) => {
  const only = ['refresh-429-waits', 'rate-limit-waits'];
  t.strictSame(await faultsOf({ repeatsTooManyAfterMs: 5, callsPerUse: 3 }, only), verdicts('failed', only));
});

void t.test('a use whose calls refresh one after the other repeats nothing, unless one of them does', async (t) => {
  const only = ['refresh-429-waits'];
  const habits = { callsPerUse: 3, callsInTurn: true };
  t.strictSame(await faultsOf(habits, only), verdicts('passed', only));
  t.strictSame(await faultsOf({ ...habits, repeatsTooManyAfterMs: 5 }, only), verdicts('failed', only));
});

void t.test('a client that does not refresh twice within a minute passes', async (t) => {
  t.strictSame(await faultsOf({ refreshesEveryMs: 60_000 }), []);
  const only = ['new-refresh-token-kept', 'old-refresh-token-kept'];
  const habits = { refreshesEveryMs: 60_000, keepsAnswers: true };
  t.strictSame(await faultsOf(habits, only), verdicts('not-seen', only));
});

void t.test('a provider whose answer to a refresh has no refresh token proves nothing about a new one', async (t) => {
  const body = { access_token: '{{ access_token }}', token_type: 'Bearer', expires_in: '{{ expires_in }}' };
  const cases = [{ when: "grant_type == 'refresh_token'", body }];
  const token = { body: { ...body, refresh_token: '{{ refresh_token }}' }, cases };
  await using plain = await start({ providers: [{ name: 'plain', like: 'mailup', answers: { token } }] });
  const world = plain.world();
  const client = new ClientWithHabits(await world.providers.describe('plain'), {});
  const checks = selectChecks({ only: ['new-refresh-token-kept'] });
  const result = await runExam({ world, provider: 'plain', client, checks });
  t.match(result.checks, [
    { verdict: 'not-seen', explanation: "this provider's answer to a refresh has no refresh token" },
  ]);
});

void t.test('a client that shows its last good answer in place of a refresh is not judged', async (t) => {
  const habits = { refreshesNever: true, keepsAnswers: true, callsAtConnect: true };
  t.strictSame(await faultsOf(habits, ['refresh-after-401']), ['not-seen refresh-after-401']);
});

void t.test('a client that keeps no access token fails for that alone', async (t) => {
  t.strictSame(await faultsOf({ refreshesAlways: true }), ['failed no-needless-refresh']);
});

void t.test('a client that believes the clock of the provider is found out by a clock that is behind', async (t) => {
  const only = ['clock-ahead', 'clock-behind'];
  const expected = ['passed clock-ahead', 'failed clock-behind'];
  t.strictSame(await faultsOf({ trustsServerTime: true }, only), expected);
  t.strictSame(await faultsOf({ trustsServerTime: true, refreshesNever: true }, only), expected);
});

void t.test('refreshes at the same time are a failure only where one of them is refused', async (t) => {
  const only = ['two-calls-one-refresh', 'ten-calls-one-refresh'];
  t.strictSame(await faultsOf({ refreshesAlone: true }, only), verdicts('failed', only));
  t.strictSame(await faultsOf({ refreshesAlone: true }, only, 'tinyemail'), verdicts('warned', only));
});

void t.test('a client that recovers from a lost answer by a repetition passes', async (t) => {
  const only = ['lost-refresh-answer'];
  t.strictSame(await faultsOf({ repeats: 1 }, only, 'tinyemail'), verdicts('passed', only));
});

void t.test('repetitions of a refresh are warned of, and many of them are a failure', async (t) => {
  const only = ['refresh-not-hammered'];
  t.strictSame(await faultsOf({ repeats: 1 }, only), verdicts('passed', only));
  t.strictSame(await faultsOf({ repeats: 3 }, only), verdicts('warned', only));
  t.strictSame(await faultsOf({ repeats: 9 }, only), verdicts('failed', only));
});

void t.test('a refused refresh that is repeated in a loop is a failure', async (t) => {
  const only = ['lost-refresh-answer', 'refresh-refused-ends'];
  t.strictSame(await faultsOf({ repeats: 9, repeatsRefusals: true }, only), verdicts('failed', only));
});

void t.test('a client that sends the text undefined as its refresh token fails', async (t) => {
  const only = ['old-refresh-token-kept'];
  t.strictSame(await faultsOf({ losesRefreshToken: true }, only), verdicts('failed', only));
});

void t.test('codes in a log are warned of', async (t) => {
  const only = ['no-secret-in-output'];
  t.strictSame(await faultsOf({ logsCallbacks: true }, only), verdicts('warned', only));
});

void t.test('a client that ends the connection with any failure fails the checks of kept connections', async (t) => {
  t.strictSame(await faultsOf({ endsWithAnyFailure: true }, keeps), verdicts('failed', keeps));
});

void t.test('a client that revokes its token after it has answered passes', async (t) => {
  const only = ['disconnect-revokes'];
  t.strictSame(await faultsOf({ revokesAfterMs: 20 }, only, 'dottedsign'), verdicts('passed', only));
});

void t.test('a client that skips the flow while it is connected is not judged by another clock', async (t) => {
  const only = ['clock-ahead'];
  const habits = { skipsFlow: true, hasNoPages: true, revokesAfterMs: 0 };
  t.strictSame(await faultsOf(habits, only, 'dottedsign'), verdicts('not-seen', only));
});

void t.test('a client that makes no call of the API is not judged by its errors', async (t) => {
  const only = ['forbidden-is-not-expired', 'rate-limit-waits'];
  t.strictSame(await faultsOf({ callsOnce: true, callsAtConnect: true }, only), verdicts('not-seen', only));
});

void t.test('a client that exchanges the code after it has answered the callback passes', async (t) => {
  const only = ['refresh-after-401', 'two-calls-one-refresh', 'refresh-500-keeps-connection', 'good-token-401'];
  const others = ['second-person', 'reconnect-replaces', 'expires-in-missing', 'slow-answer-awaited'];
  const all = [...only, ...others, 'hanging-answer-blocks-nobody'];
  t.strictSame(
    (await faultsOf({ exchangesAfterMs: 60 }, all)).filter((each) => !each.startsWith('passed')),
    [],
  );
});

void t.test('a client that refreshes in the background is warned once', async (t) => {
  t.strictSame(await faultsOf({ refreshesBehind: true }, ['refresh-after-401']), ['warned refresh-after-401']);
});

void t.test('a client that forgets a refused token and asks the person to connect is warned', async (t) => {
  const only = ['refresh-after-401'];
  t.strictSame(await faultsOf({ forgetsRefused: true }, only), verdicts('warned', only));
});

void t.test('the text undefined in place of a deleted token is no token', async (t) => {
  const only = ['disconnect-forgets'];
  t.strictSame(await faultsOf({ callsAnyway: true, revokesAfterMs: 0 }, only, 'dottedsign'), verdicts('passed', only));
});

void t.test('each repetition has an ordinary run of its own', async (t) => {
  await using world = await server.newWorld();
  const client = new ClientWithHabits(await world.providers.describe('mailup'), {});
  let flows = 0;
  const { connect } = client;
  const counted = Object.assign(client, {
    connect: (...given: Parameters<typeof connect>) => {
      flows += 1;
      return connect(...given);
    },
  });
  const checks = selectChecks({ only: ['state-sent', 'pkce-sent'] });
  const once = { world, provider: 'mailup', client: counted, checks };
  await runExam(once);
  t.equal(flows, 1 + 2, 'the first flow, and an ordinary run');
  flows = 0;
  await runExam({ ...once, repeat: 3 });
  t.equal(flows, 1 + 3 * 2);
});

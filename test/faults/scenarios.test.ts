import t from 'tap';
import { parseDuration } from '../../src/input/duration.js';
import { ScenarioLibrary } from '../../src/world/scenario/library.js';
import { urlsOf } from '../../src/http/urls.js';
import { demo, startServer } from '../support.js';
import { Client, careful } from './client.js';
import { findingIds } from '../../src/findings/finding-ids.js';
import type { Test } from 'tap';
import type { Habits } from './client.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';
import type { World } from '../../src/world/world.js';

interface Actors {
  readonly client: Client;
  readonly world: World;
  /** Requests of the client to one endpoint. */
  readonly sent: (endpoint: string, grantType?: string) => number;
}

interface ScenarioCase {
  readonly scenario: string;
  /** The bug that the description of the scenario names. */
  readonly bug: Partial<Habits>;
  /** MailUp returns no state, and its clients cannot check one. */
  readonly providers?: readonly string[];
  readonly survives: (t: Test, actors: Actors) => Promise<void>;
  readonly fails: (t: Test, actors: Actors) => Promise<void>;
}

const resources: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/campaign',
  dottedsign: '/members/me',
};
const day = 86_400_000;

/** Signs in, lets the access token expire, and calls. */
async function callLater({ client, world }: Actors): Promise<unknown> {
  await client.signIn();
  world.clock.advance(3 * day);
  return client.call();
}

const survivesWith =
  (expected: { signIns: number; refreshes?: number }): ScenarioCase['survives'] =>
  async (t, actors) => {
    await callLater(actors);
    t.match(actors.client, expected);
    await actors.client.call();
    t.match(actors.client, expected, 'the next call needs no further sign-in or refresh');
  };

/** Signs in without faults; then the access token expires, and the call meets the faults. */
async function callLaterWithFaults({ client, world }: Actors): Promise<unknown> {
  const rules = world.faults.list();
  world.faults.clear();
  await client.signIn();
  world.faults.restore(rules);
  world.clock.advance(3 * day);
  return client.call();
}

const callsWithUndefinedToken = ({ world }: Actors): number =>
  world.journal.entries().filter(({ headers }) => headers.authorization === 'Bearer undefined').length;

const scenarioCases: readonly ScenarioCase[] = [
  {
    scenario: 'token-endpoint-down-then-up',
    bug: { attempts: 1, afterFailure: 'forgets tokens' },
    survives: survivesWith({ signIns: 1 }),
    async fails(t, actors) {
      await t.rejects(callLaterWithFaults(actors), { name: 'Failed' });
      t.equal(actors.client.tokens, undefined, 'the tokens were discarded');
    },
  },
  {
    scenario: 'slow-token-endpoint',
    bug: { timeoutMs: 400 },
    survives: survivesWith({ signIns: 1, refreshes: 1 }),
    async fails(t, actors) {
      await callLater(actors);
      t.match(
        actors.world.journal
          .entries()
          .filter(({ grantType }) => grantType === 'refresh_token')
          .map(({ reason }) => reason),
        [undefined, 'refresh.replaced'],
      );
      t.equal(actors.client.signIns, 2, 'the user has to sign in again');
    },
  },
  {
    scenario: 'answer-lost-after-refresh',
    bug: { afterRefusedRefresh: 'tries again' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await t.rejects(callLater(actors), /exceeds the limit of requests/);
      t.ok(actors.sent('token', 'refresh_token') > 40);
    },
  },
  {
    scenario: 'token-issued-but-502',
    bug: { afterRefusedRefresh: 'tries again' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await t.rejects(callLater(actors), /exceeds the limit of requests/);
      t.match(
        actors.world.journal
          .entries()
          .filter(({ grantType }) => grantType === 'refresh_token')
          .slice(0, 3)
          .map(({ status, reason }) => [status === 502, reason]),
        [
          [true, undefined],
          [false, 'refresh.replaced'],
          [false, 'refresh.replaced'],
        ],
      );
    },
  },
  {
    scenario: 'token-endpoint-down-for-30s',
    bug: { afterFailure: 'forgets tokens' },
    async survives(t, actors) {
      await t.rejects(callLaterWithFaults(actors), { name: 'Failed' });
      t.ok(actors.sent('token', 'refresh_token') > 1, 'more attempts do not help');
      actors.world.clock.advance(30_000);
      await actors.client.call();
      t.equal(actors.client.signIns, 1);
    },
    async fails(t, actors) {
      await t.rejects(callLaterWithFaults(actors), { name: 'Failed' });
      actors.world.clock.advance(30_000);
      await actors.client.call();
      t.equal(actors.client.signIns, 2, 'the user has to sign in again');
    },
  },
  {
    scenario: 'api-401-until-refresh',
    bug: { refreshesOn401: 0 },
    async survives(t, { client, world }) {
      await client.call();
      t.match(client, { signIns: 1, refreshes: 1 });
      await client.call();
      t.match(client, { signIns: 1, refreshes: 1 }, 'the refresh has ended the fault');
      t.match(world.faults.get('refused'), { hits: 1, ended: true });
    },
    async fails(t, { client }) {
      await t.rejects(client.call(), { name: 'Refused' });
      await t.rejects(client.call(), { name: 'Refused' });
      t.equal(client.refreshes, 0);
    },
  },
  {
    scenario: 'refresh-refused-once',
    bug: { reads: 'anything' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await callLater(actors).catch(() => undefined);
      t.ok(callsWithUndefinedToken(actors) > 0, 'it sent Bearer undefined');
      t.equal(actors.client.signIns, 1);
    },
  },
  {
    scenario: 'refresh-race',
    bug: { sharesRefresh: false },
    async survives(t, { client, world, sent }) {
      await client.signIn();
      world.clock.advance(3 * day);
      await Promise.all([client.call(), client.call()]);
      t.equal(client.signIns, 1);
      t.equal(sent('token', 'refresh_token'), 1);
    },
    async fails(t, { client, world }) {
      await client.signIn();
      world.clock.advance(3 * day);
      await Promise.all([client.call(), client.call()]);
      t.same(
        world.journal
          .entries()
          .filter(({ grantType }) => grantType === 'refresh_token')
          .map(({ reason }) => reason),
        [undefined, 'refresh.replaced'],
        'the journal shows which request succeeded',
      );
      t.equal(client.signIns, 2, 'the refused worker makes the user sign in again');
    },
  },
  {
    scenario: 'rate-limited-with-retry-after',
    bug: { waits: false, attempts: 3 },
    async survives(t, { client }) {
      await client.call();
      t.same(client.waited, [2, 2, 2]);
    },
    async fails(t, { client, sent }) {
      await t.rejects(client.call(), { name: 'Failed' });
      t.equal(sent('resource'), 3);
      t.same(client.waited, []);
    },
  },
  {
    scenario: 'html-instead-of-json',
    bug: { reads: 'anything' },
    survives: survivesWith({ signIns: 1 }),
    async fails(t, { client }) {
      await t.rejects(client.signIn(), SyntaxError);
    },
  },
  {
    scenario: 'expires-in-as-string',
    bug: {
      expiry: (now, expiresIn) => Number(`${Math.floor(now / 1000)}${String(expiresIn)}`) * 1000,
      refreshesOn401: 0,
    },
    survives: survivesWith({ signIns: 1, refreshes: 1 }),
    async fails(t, actors) {
      await t.rejects(callLater(actors), /401/);
      t.equal(actors.client.refreshes, 0, 'the client considers the token valid for ever');
      t.ok(actors.client.tokens!.expiresAt > Date.UTC(9999, 0));
    },
  },
  {
    scenario: 'expires-in-missing',
    bug: { expiry: (now, expiresIn) => now + (expiresIn as number) * 1000 },
    async survives(t, { client }) {
      for (let calls = 0; calls < 3; calls += 1) await client.call();
      t.equal(client.refreshes, 0);
    },
    async fails(t, { client }) {
      for (let calls = 0; calls < 3; calls += 1) await client.call();
      t.equal(client.refreshes, 3, 'one refresh for each call');
    },
  },
  {
    scenario: 'no-refresh-token-on-refresh',
    bug: { keepsRefreshToken: false },
    async survives(t, { client, world }) {
      for (let calls = 0; calls < 3; calls += 1) {
        await client.call();
        world.clock.advance(3 * day);
      }
      t.match(client, { signIns: 1, refreshes: 2 });
    },
    async fails(t, { client, world, sent }) {
      for (let calls = 0; calls < 3; calls += 1) {
        await client.call();
        world.clock.advance(3 * day);
      }
      t.equal(client.signIns, 2, 'the client had no refresh token for the second refresh');
      t.equal(sent('token', 'refresh_token'), 2);
    },
  },
  {
    scenario: '200-with-error-body',
    bug: { reads: 'the status alone' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await callLater(actors).catch(() => undefined);
      t.ok(callsWithUndefinedToken(actors) > 0, 'it stored a missing token');
    },
  },
  {
    scenario: 'truncated-json',
    bug: { attempts: 1 },
    survives: survivesWith({ signIns: 1, refreshes: 1 }),
    async fails(t, actors) {
      await t.rejects(callLater(actors), { name: 'Failed' });
    },
  },
  {
    scenario: 'api-401-storm',
    bug: { refreshesOn401: Infinity },
    async survives(t, { client }) {
      await t.rejects(client.call(), { name: 'Refused' }, 'it reports an error that a refresh does not solve');
      t.match(client, { signIns: 1, refreshes: 1 });
    },
    async fails(t, { client }) {
      await t.rejects(client.call(), /exceeds the limit of requests/);
      t.ok(client.refreshes > 20);
    },
  },
  {
    scenario: 'state-altered',
    bug: { checksState: false },
    providers: ['tinyemail', 'dottedsign'],
    async survives(t, { client, sent }) {
      await client.call();
      t.equal(client.signIns, 2, 'it starts a new sign-in');
      t.equal(sent('token', 'authorization_code'), 1);
    },
    async fails(t, { client, world, sent }) {
      await client.call();
      t.match(world.journal.entries()[0], { endpoint: 'authorize', fault: { kind: 'tamper' } });
      t.equal(client.signIns, 1, 'it accepted the tampered callback');
      t.equal(sent('token', 'authorization_code'), 1);
    },
  },
  {
    scenario: 'code-delivered-twice',
    bug: { checksState: false },
    providers: ['tinyemail', 'dottedsign'],
    async survives(t, { client }) {
      await client.signIn();
      await client.signIn();
      await client.call();
      t.equal(client.signIns, 3, 'it starts a new sign-in');
    },
    async fails(t, { client, world }) {
      await client.signIn();
      await t.rejects(client.signIn(), { name: 'Refused' });
      t.equal(world.journal.entries().at(-1)!.reason, 'code.replayed');
      const [{ realm }] = world.opened() as [ReturnType<World['opened']>[number]];
      t.ok(
        [...realm.accessTokens.values()].every(({ grant }) => grant.revokedAt !== undefined),
        'the tokens of the code are revoked',
      );
    },
  },
  {
    scenario: 'redirected-token-endpoint',
    bug: { follows: 'with a GET', attempts: 1 },
    survives: survivesWith({ signIns: 1 }),
    async fails(t, { client }) {
      await t.rejects(client.signIn());
      t.equal(client.tokens, undefined);
    },
  },
  {
    scenario: 'connection-reset-then-ok',
    bug: { attempts: 1 },
    survives: survivesWith({ signIns: 1 }),
    async fails(t, { client }) {
      await t.rejects(client.signIn(), { name: 'Failed' });
    },
  },
  {
    scenario: 'maintenance-page',
    bug: { afterFailure: 'forgets tokens' },
    async survives(t, actors) {
      await t.rejects(callLaterWithFaults(actors), { name: 'Failed' });
      actors.world.faults.remove('maintenance');
      await actors.client.call();
      t.equal(actors.client.signIns, 1);
    },
    async fails(t, actors) {
      await t.rejects(callLaterWithFaults(actors), { name: 'Failed' });
      actors.world.faults.remove('maintenance');
      await actors.client.call();
      t.equal(actors.client.signIns, 2, 'the user has to sign in again');
    },
  },
  ...['mailup', 'tinyemail', 'dottedsign'].map((provider): ScenarioCase => ({
    scenario: `${provider}-bad-day`,
    bug: { attempts: 1, refreshesOn401: 0 },
    providers: [provider],
    async survives(t, { client, world }) {
      for (let calls = 0; calls < 25; calls += 1) await client.call();
      t.equal(client.signIns, 1);
      for (const { id, match, hits } of world.faults.list()) {
        if (match.endpoint === 'resource') t.ok(hits > 0, `${id} applied`);
      }
    },
    async fails(t, { client }) {
      let failures = 0;
      for (let calls = 0; calls < 25; calls += 1) {
        await client.call().catch(() => {
          failures += 1;
        });
      }
      t.ok(failures > 2, `${failures} of 25 calls failed`);
    },
  })),
];

/** The same scenario with shorter durations, so that the test is fast. */
function quicker<T>(value: T, name = ''): T {
  if (Array.isArray(value)) return value.map((each: unknown) => quicker(each, name)) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, quicker(member, key)])) as T;
  }
  const seconds =
    typeof value === 'string' && ['for', 'atMost', 'uniform', 'median', 'max'].includes(name)
      ? parseDuration(value)
      : undefined;
  return seconds === undefined
    ? value
    : (`${Math.ceil(seconds * (name === 'for' || name === 'atMost' ? 300 : 10))}ms` as T);
}

t.test('every built-in scenario with faults', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const library = new ScenarioLibrary(findingIds);

  const open = (id: string, scenario: Scenario, provider: string, habits: Habits): Actors => {
    const world = server.worlds.open({ id, scenario: { ...scenario, faults: quicker(scenario.faults ?? []) } });
    server.policy(provider, { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } }, id);
    const urls = urlsOf(
      server.worlds.providers.find(({ name }) => name === provider)!,
      server.url,
      id,
    );
    const client = new Client(
      { ...urls, resourceUrl: urls.apiUrl + resources[provider]!, now: () => world.clock.now() },
      habits,
    );
    const sent: Actors['sent'] = (endpoint, grantType) =>
      world.journal
        .entries()
        .filter((entry) => entry.endpoint === endpoint && (grantType === undefined || entry.grantType === grantType))
        .length;
    return { client, world, sent };
  };

  for (const {
    scenario: name,
    bug,
    providers = ['mailup', 'tinyemail', 'dottedsign'],
    survives,
    fails,
  } of scenarioCases) {
    const scenario = (await library.get(name))!;
    for (const provider of providers) {
      await t.test(`${name} at ${provider}: a careful client recovers`, async (t) =>
        survives(t, open(`${name}-${provider}-careful`, scenario, provider, withCare(provider))),
      );
      await t.test(`${name} at ${provider}: a naive client fails as the description says`, async (t) =>
        fails(t, open(`${name}-${provider}-naive`, scenario, provider, { ...withCare(provider), ...bug })),
      );
    }
  }

  await t.test('each scenario has faults, and its description names the bug that it finds', async (t) => {
    for (const { scenario } of scenarioCases) {
      t.match(await library.get(scenario), { description: /^Catches a client/m, faults: Array });
    }
    t.ok(new Set(scenarioCases.map(({ scenario }) => scenario)).size >= 15);
  });
});

/** The careful client, with the checks that the provider allows. */
const withCare = (provider: string): Habits => ({ ...careful, checksState: provider !== 'mailup' });

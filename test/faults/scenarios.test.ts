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

interface Story {
  readonly scenario: string;
  /** The habit that the scenario's description warns of. */
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
  (expected: { signIns: number; refreshes?: number }): Story['survives'] =>
  async (t, actors) => {
    await callLater(actors);
    t.match(actors.client, expected);
    await actors.client.call();
    t.match(actors.client, expected, 'and goes on as if nothing had happened');
  };

/** The first sign-in is still well; the faults come when the access token has expired. */
async function troubleComesLater({ client, world }: Actors): Promise<unknown> {
  const rules = world.faults.list();
  world.faults.clear();
  await client.signIn();
  world.faults.restore(rules);
  world.clock.advance(3 * day);
  return client.call();
}

const sentNothing = ({ world }: Actors): number =>
  world.journal.entries().filter(({ headers }) => headers.authorization === 'Bearer undefined').length;

const stories: readonly Story[] = [
  {
    scenario: 'token-endpoint-down-then-up',
    bug: { attempts: 1, afterFailure: 'forgets tokens' },
    survives: survivesWith({ signIns: 1 }),
    async fails(t, actors) {
      await t.rejects(troubleComesLater(actors), { name: 'Failed' });
      t.equal(actors.client.tokens, undefined, 'the tokens were thrown away');
    },
  },
  {
    scenario: 'slow-token-endpoint',
    bug: { patienceMs: 400 },
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
      t.equal(actors.client.signIns, 2, 'the person is bothered again');
    },
  },
  {
    scenario: 'answer-lost-after-refresh',
    bug: { afterRefusedRefresh: 'tries again' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await t.rejects(callLater(actors), /in circles/);
      t.ok(actors.sent('token', 'refresh_token') > 40);
    },
  },
  {
    scenario: 'refresh-refused-once',
    bug: { reads: 'anything' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await callLater(actors).catch(() => undefined);
      t.ok(sentNothing(actors) > 0, 'it sent Bearer undefined');
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
        'the journal knows who won',
      );
      t.equal(client.signIns, 2, 'the loser bothers the person again');
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
      t.equal(actors.client.refreshes, 0, 'the token seems to live for ever');
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
      t.equal(client.refreshes, 3, 'one for each call');
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
      t.equal(client.signIns, 2, 'the second refresh had nothing to send');
      t.equal(sent('token', 'refresh_token'), 2);
    },
  },
  {
    scenario: '200-with-error-body',
    bug: { reads: 'the status alone' },
    survives: survivesWith({ signIns: 2, refreshes: 1 }),
    async fails(t, actors) {
      await callLater(actors).catch(() => undefined);
      t.ok(sentNothing(actors) > 0, 'it stored a token that is not there');
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
      await t.rejects(client.call(), { name: 'Refused' }, 'it reports what it cannot mend');
      t.match(client, { signIns: 1, refreshes: 1 });
    },
    async fails(t, { client }) {
      await t.rejects(client.call(), /in circles/);
      t.ok(client.refreshes > 20);
    },
  },
  {
    scenario: 'state-altered',
    bug: { checksState: false },
    providers: ['tinyemail', 'dottedsign'],
    async survives(t, { client, sent }) {
      await client.call();
      t.equal(client.signIns, 2, 'it begins again');
      t.equal(sent('token', 'authorization_code'), 1);
    },
    async fails(t, { client, world, sent }) {
      await client.call();
      t.match(world.journal.entries()[0], { endpoint: 'authorize', fault: { kind: 'tamper' } });
      t.equal(client.signIns, 1, 'it took what it was given');
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
      t.equal(client.signIns, 3, 'it begins again');
    },
    async fails(t, { client, world }) {
      await client.signIn();
      await t.rejects(client.signIn(), { name: 'Refused' });
      t.equal(world.journal.entries().at(-1)!.reason, 'code.replayed');
      const [{ realm }] = world.opened() as [ReturnType<World['opened']>[number]];
      t.ok(
        [...realm.accessTokens.values()].every(({ grant }) => grant.revokedAt !== undefined),
        'what the code had bought is revoked',
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
      await t.rejects(troubleComesLater(actors), { name: 'Failed' });
      actors.world.faults.remove('maintenance');
      await actors.client.call();
      t.equal(actors.client.signIns, 1);
    },
    async fails(t, actors) {
      await t.rejects(troubleComesLater(actors), { name: 'Failed' });
      actors.world.faults.remove('maintenance');
      await actors.client.call();
      t.equal(actors.client.signIns, 2, 'the person has to log in again');
    },
  },
  ...['mailup', 'tinyemail', 'dottedsign'].map((provider): Story => ({
    scenario: `${provider}-bad-day`,
    bug: { attempts: 1, refreshesOn401: 0 },
    providers: [provider],
    async survives(t, { client, world }) {
      for (let calls = 0; calls < 25; calls += 1) await client.call();
      t.equal(client.signIns, 1);
      for (const { id, match, hits } of world.faults.list()) {
        if (match.endpoint === 'resource') t.ok(hits > 0, `${id} struck`);
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

/** The same story, told faster: nobody learns more by really waiting. */
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

t.test('every ready story', async (t) => {
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

  for (const { scenario: name, bug, providers = ['mailup', 'tinyemail', 'dottedsign'], survives, fails } of stories) {
    const scenario = (await library.get(name))!;
    for (const provider of providers) {
      await t.test(`${name} at ${provider}: a careful client survives`, async (t) =>
        survives(t, open(`${name}-${provider}-careful`, scenario, provider, withCare(provider))),
      );
      await t.test(`${name} at ${provider}: a naive client fails as the description says`, async (t) =>
        fails(t, open(`${name}-${provider}-naive`, scenario, provider, { ...withCare(provider), ...bug })),
      );
    }
  }

  await t.test('each story has faults, and its description says what it catches', async (t) => {
    for (const { scenario } of stories) {
      t.match(await library.get(scenario), { description: /^Catches a client/m, faults: Array });
    }
    t.ok(new Set(stories.map(({ scenario }) => scenario)).size >= 15);
  });
});

/** As much care as a provider allows. */
const withCare = (provider: string): Habits => ({ ...careful, checksState: provider !== 'mailup' });

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import t from 'tap';
import { FaultScript, FaultsRefused, ruleLimit } from '../../src/faults/script.js';
import { happensWith, kindOf, kinds } from '../../src/faults/kinds/index.js';
import { ScenarioLibrary } from '../../src/world/scenario/library.js';
import { check } from '../../src/world/check-document.js';
import { RuleSchema } from '../../src/faults/rule.js';
import { parseRecorded } from '../../src/world/journal/recorded-body.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { fraction, randomStream } from '../../src/world/chance.js';
import { defaultScenario } from '../../src/world/scenario/default-scenario.js';
import { demo, startServer, knownNames } from '../support.js';
import { findingIds } from '../../src/findings/finding-ids.js';
import type { Exchange, Kind } from '../../src/faults/fault.js';
import type { Answer } from '../../src/input/answer.js';
import type { Fault } from '../../src/faults/kinds/index.js';
import type { Rule } from '../../src/faults/rule.js';
import type { RequestFacts } from '../../src/faults/chosen-fault.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';
import type { World } from '../../src/world/world.js';

const seeded = (seed: string): (() => number) => {
  const { bytes } = randomStream(seed, 'faults');
  return () => fraction(bytes);
};
const request: RequestFacts = {
  provider: 'mailup',
  endpoint: 'token',
  method: 'POST',
  path: '/Authorization/OAuth/Token',
  grantType: 'refresh_token',
  clientId: 'app',
  userId: 'ada',
  answeredBefore: () => false,
};

/** The rule and kind that apply to each request, in order. */
function chosenFor(
  rules: readonly Rule[],
  requests: number | readonly RequestFacts[],
  seed = '1',
): (string | undefined)[] {
  const script = new FaultScript(seeded(seed), () => 0);
  script.add(rules);
  const list = typeof requests === 'number' ? Array.from({ length: requests }, () => request) : requests;
  return list.map((facts) => {
    const chosen = script.choose(facts, 'request');
    return chosen && `${chosen.id} ${chosen.kind.name}`;
  });
}

t.test('rules are tried in order, and each keeps its own count', async (t) => {
  const a: Rule = { id: 'a', match: { endpoint: 'token' }, times: 1, fault: { kind: 'cut' } };
  const b: Rule = { id: 'b', match: {}, fault: { kind: 'drop' } };
  t.same(chosenFor([a, b], 3), ['a cut', 'b drop', 'b drop']);
  t.same(chosenFor([b, a], 2), ['b drop', 'b drop']);
  t.same(
    chosenFor(
      [
        { ...a, skip: 1 },
        { ...b, skip: 1 },
      ],
      4,
    ),
    [undefined, 'a cut', 'b drop', 'b drop'],
  );
  t.same(chosenFor([{ ...a, match: { endpoint: 'resource' } }], 1), [undefined]);

  const script = new FaultScript(seeded('1'), () => 0);
  script.add([a, { ...b, skip: 1 }]);
  for (let i = 0; i < 3; i += 1) script.choose(request, 'request');
  t.match(script.list(), [
    { id: 'a', seen: 1, hits: 1, remaining: 0, times: 1 },
    { id: 'b', seen: 2, hits: 1, remaining: null, times: null, skip: 1 },
  ]);
});

t.test('every member of match must hold', async (t) => {
  const whole = {
    provider: 'mailup',
    endpoint: 'token',
    method: 'POST',
    path: '/Authorization/*',
    grantType: 'refresh_token',
    clientId: 'app',
    userId: 'ada',
  } as const;
  const other = {
    provider: 'tinyemail',
    endpoint: 'resource',
    method: 'GET',
    path: '/API/*',
    grantType: 'password',
    clientId: 'x',
    userId: 'x',
  } as const;
  t.same(chosenFor([{ id: 'it', match: whole, fault: { kind: 'cut' } }], 1), ['it cut']);
  for (const name of Object.keys(whole) as (keyof typeof whole)[]) {
    t.same(
      chosenFor([{ id: 'it', match: { ...whole, [name]: other[name] }, fault: { kind: 'cut' } }], 1),
      [undefined],
      name,
    );
  }
});

t.test('rules with different matchers are tried in the order in which they were added', async (t) => {
  const rules: Rule[] = [
    { id: 'a', match: { clientId: 'app' }, times: 1, fault: { kind: 'cut' } },
    { id: 'b', match: { provider: 'mailup', method: 'POST' }, times: 1, fault: { kind: 'cut' } },
    { id: 'c', match: {}, times: 1, fault: { kind: 'cut' } },
    { id: 'd', match: { clientId: 'app', endpoint: 'token' }, times: 1, fault: { kind: 'cut' } },
    { id: 'e', match: { clientId: 'other' }, fault: { kind: 'cut' } },
  ];
  t.same(chosenFor(rules, 5), ['a cut', 'b cut', 'c cut', 'd cut', undefined]);
  t.same(chosenFor([...rules].reverse(), 5), ['d cut', 'c cut', 'b cut', 'a cut', undefined]);
});

t.test('rules for other requests and used-up rules cost nothing, whatever their number', async (t) => {
  const script = new FaultScript(seeded('1'), () => 0);
  let reads = 0;
  const counted = new Proxy(request, {
    get: (facts, name) => {
      reads += 1;
      return Reflect.get(facts, name) as unknown;
    },
  });
  const readsOfOne = (): number => {
    reads = 0;
    t.equal(script.choose(counted, 'request'), undefined);
    return reads;
  };
  script.add([{ match: { clientId: 'other', path: '/x*' }, fault: { kind: 'cut' } }]);
  const withOne = readsOfOne();
  script.add(
    Array.from(
      { length: 500 },
      (_, i) => ({ match: { clientId: `client ${i}`, path: '/x*' }, fault: { kind: 'cut' } }) as const,
    ),
  );
  script.add(
    Array.from(
      { length: 50 },
      (_, i) => ({ match: { clientId: `client ${i}`, path: '/elsewhere/*' }, fault: { kind: 'cut' } }) as const,
    ),
  );
  script.add(
    Array.from(
      { length: 200 },
      () => ({ match: { provider: 'tinyemail', clientId: 'app' }, fault: { kind: 'cut' } }) as const,
    ),
  );
  const withMany = readsOfOne();
  t.ok(withMany - withOne <= 6, 'reads depend on the number of different matchers, not of rules');

  script.add(
    Array.from({ length: 200 }, () => ({ match: { clientId: 'app' }, times: 1, fault: { kind: 'cut' } }) as const),
  );
  for (let i = 0; i < 200; i += 1) t.ok(script.choose(request, 'request'));
  t.equal(readsOfOne(), withMany);
});

t.test('a path pattern matches what its regular expression would, in linear time', async (t) => {
  const letters = fc.stringMatching(/^[ab*]{0,8}$/);
  fc.assert(
    fc.property(letters, fc.stringMatching(/^[ab]{0,10}$/), (pattern, path) => {
      const expected = new RegExp(`^/${pattern.replaceAll('*', '.*')}$`).test(`/${path}`);
      const [applied] = chosenFor(
        [{ id: 'it', match: { path: `/${pattern}` }, fault: { kind: 'cut' } }],
        [{ ...request, path: `/${path}` }],
      );
      return (applied !== undefined) === expected;
    }),
  );
  const begun = process.hrtime.bigint();
  chosenFor(
    [{ match: { path: `/${'*a'.repeat(450)}b` }, fault: { kind: 'cut' } }],
    [{ ...request, path: `/${'a'.repeat(60_000)}` }],
  );
  t.ok(process.hrtime.bigint() - begun < 500_000_000n);
});

t.test('a list of faults is played in order: once, or up to the number of times', async (t) => {
  const fault: Fault[] = [{ kind: 'cut' }, { kind: 'drop' }, { kind: 'pass' }];
  t.same(chosenFor([{ id: 'it', match: {}, fault }], 5), ['it cut', 'it drop', 'it pass', undefined, undefined]);
  t.same(chosenFor([{ id: 'it', match: {}, times: 4, fault }], 5), [
    'it cut',
    'it drop',
    'it pass',
    'it cut',
    undefined,
  ]);
  t.same(chosenFor([{ id: 'it', match: {}, times: 2, fault }], 3), ['it cut', 'it drop', undefined]);
});

t.test('probability uses the seed of the world, so that a run is repeatable', async (t) => {
  const rules: Rule[] = [{ id: 'it', match: {}, probability: 0.3, fault: { kind: 'cut' } }];
  t.same(chosenFor(rules, 200, 'x'), chosenFor(rules, 200, 'x'));
  t.notSame(chosenFor(rules, 200, 'x'), chosenFor(rules, 200, 'y'));
  const hits = chosenFor(rules, 2000).filter((each) => each !== undefined).length;
  t.ok(hits > 500 && hits < 700, `${hits} of 2000`);
  t.same(chosenFor([{ ...rules[0]!, probability: 0 }], 9).filter(Boolean), []);
  t.equal(chosenFor([{ ...rules[0]!, probability: 1 }], 9).filter(Boolean).length, 9);
});

t.test('rules are added all or none', async (t) => {
  const script = new FaultScript(seeded('1'), () => 0);
  const rule: Rule = { match: {}, fault: { kind: 'cut' } };
  script.add([{ ...rule, id: 'fault-2' }]);
  t.same(
    script.add([rule, rule, { ...rule, id: 'fault-4' }, rule]).map(({ id }) => id),
    ['fault-1', 'fault-3', 'fault-4', 'fault-5'],
    'generated ids skip those in use',
  );
  const before = script.list();
  t.throws(
    () => script.add([rule, { ...rule, id: 'fault-2' }]),
    new FaultsRefused('A fault with the id "fault-2" exists already.'),
  );
  t.throws(
    () => script.add(Array.from({ length: ruleLimit }, () => rule)),
    /may have at most 1000 faults; this would make 1005/,
  );
  t.same(script.list(), before);
  t.equal(script.release('nobody'), undefined);
  t.equal(script.remove('nobody'), false);
});

const answerOf = (body: string): Answer => ({ status: 200, headers: { 'content-type': 'application/json' }, body });
const exchangeWith = (chance: () => number, waits: number[] = []): Exchange => ({
  base: '',
  chance,
  bytes: (count) => new Uint8Array(count),
  wait: async (ms) => {
    waits.push(ms);
  },
  gather: () => Promise.resolve(),
  previous: () => undefined,
  foreignCode: (code) => code,
});
const playAfter = async (fault: Fault, body: string): Promise<string> => {
  const delivery = await kindOf(fault).play(fault).after!(
    answerOf(body),
    exchangeWith(() => 0),
  );
  return 'answer' in delivery ? delivery.answer.body : '';
};

t.test('garbled JSON is never valid JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (body) => {
      const garbled = await playAfter({ kind: 'garble' }, body);
      try {
        JSON.parse(garbled);
        return false;
      } catch {
        return garbled.length === body.length;
      }
    }),
  );
});

t.test('a truncated body is a shorter prefix', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(200), async (body, at) => {
      const kept = await playAfter({ kind: 'truncate', at }, body);
      return body.startsWith(kept) && kept.length < body.length;
    }),
  );
});

t.test('a delay stays within its limits', async (t) => {
  const drawn = async (fault: Extract<Fault, { kind: 'delay' }>): Promise<number[]> => {
    const waits: number[] = [];
    const exchange = exchangeWith(seeded('delays'), waits);
    for (let i = 0; i < 500; i += 1) await kindOf(fault).play(fault).after!(answerOf(''), exchange);
    return waits.sort((a, b) => a - b);
  };
  t.same(new Set(await drawn({ kind: 'delay', for: '2s' })), new Set([2000]));
  const uniform = await drawn({ kind: 'delay', uniform: ['10ms', '20ms'] });
  t.ok(uniform[0]! >= 10 && uniform.at(-1)! < 20 && uniform[0]! < 11 && uniform.at(-1)! > 19);
  const logNormal = await drawn({ kind: 'delay', logNormal: { median: '100ms', sigma: 0.5, max: '250ms' } });
  t.ok(logNormal[250]! > 85 && logNormal[250]! < 115, `the median is ${logNormal[250]!}`);
  t.equal(logNormal.at(-1), 250);
  t.ok(logNormal[0]! > 0);
  t.equal(
    (await kindOf({ kind: 'replay' }).play({ kind: 'replay' }).before!(exchangeWith(() => 0))).do,
    'send',
    'a replay without a previous answer is empty (rules prevent this case)',
  );
});

t.test('the example of every kind is a valid rule', async (t) => {
  for (const { name, example, endpoints } of kinds) {
    t.same(check(RuleSchema, { match: { endpoint: endpoints[0] }, fault: example }), [], name);
  }
});

t.test('the kind of the how-to page works, and its example is valid', async (t) => {
  const [, source = ''] =
    /```ts\n\/\/ twice\.ts\n([\s\S]*?)```/.exec(readFileSync('docs/how-to/add-a-fault-kind.md', 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'understudy-kind-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'twice.mjs');
  const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
  writeFileSync(
    file,
    code
      .replace(
        /from "\.\.\/fault\.js"/,
        `from ${JSON.stringify(new URL('../../src/faults/fault.ts', import.meta.url).href)}`,
      )
      .replace('from "typebox"', `from ${JSON.stringify(import.meta.resolve('typebox'))}`),
  );
  const { twice } = (await import(pathToFileURL(file).href)) as { twice: Kind };
  t.same(check(twice.schema, twice.example), []);
  t.same(
    await twice.play(twice.example).after!(
      answerOf('{}'),
      exchangeWith(() => 0),
    ),
    { do: 'send', answer: answerOf('{}\n{}') },
  );
});

t.test('a mistake in a fault of a scenario file is reported with line and column', async (t) => {
  const text = [
    'extends: default',
    'faults:',
    '  - match: { endpoint: token }',
    '    fault: { kind: dely, for: 2s }',
    '  - match: { endpoint: token }',
    '    fault:',
    '      - { kind: status, status: 42 }',
    '',
  ].join('\n');
  t.match(readFixture(text, 'x.yaml', knownNames).mistakes, [
    { line: 4, column: 14, path: 'faults.0.fault.kind', message: /did you mean "delay"/ },
    { line: 7, column: 25, path: 'faults.1.fault.0.status' },
  ]);
});

t.test('a fault replaces an inherited one with the same id', async (t) => {
  const library = new ScenarioLibrary(findingIds);
  const { faults } = await library.resolve({
    extends: 'maintenance-page',
    faults: [
      { match: {}, fault: { kind: 'pass' } },
      { id: 'maintenance', match: {}, fault: { kind: 'cut' } },
    ],
  });
  t.match(faults, [{ id: 'maintenance', fault: { kind: 'cut' } }, { fault: { kind: 'pass' } }]);
  t.equal(faults!.length, 2);
});

/** The codes and tokens of all realms of a world, without the id of the request that began their flow. */
const entryNumbers = ['startedBy', 'issuedBy', 'spentBy'];

/** The codes and tokens of a world, without numbers of entries: more entries are written where requests fail. */
function dump(world: World): unknown {
  return JSON.parse(
    JSON.stringify(
      world
        .opened()
        .map(({ realm }) => [realm.codes, realm.accessTokens, realm.refreshTokens].map((map) => [...map.values()])),
      (name, value: unknown) => (entryNumbers.includes(name) ? undefined : value),
    ),
  );
}

const scenario: Scenario = {
  ...defaultScenario,
  seed: 'property',
  clock: { now: '2026-01-01T00:00:00Z', frozen: true },
  providers: Object.fromEntries(
    Object.entries(defaultScenario.providers!).map(([name, realm]) => [
      name,
      { ...realm, policy: { refreshRotation: 'rotate', interaction: { mode: 'auto', user: demo.username } } },
    ]),
  ),
};

type Step = 'authorize' | 'exchange' | 'refresh' | 'call' | 'revoke';

t.test(
  'with any fault rules, the state after a run equals that of the effective requests without faults',
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const base = (id: string): string => `${server.url}/w/${id}/dottedsign/v1`;
    const credentials = { client_id: demo.id, client_secret: demo.secret };

    /** Sends a request, and disconnects when no more of the answer can arrive. */
    const send = async (world: World, url: string, init: RequestInit): Promise<void> => {
      const disconnect = new AbortController();
      const before = world.journal.entries().length;
      const ended = new Promise<void>((resolve) => {
        const end = world.journal.listen(() => {
          end();
          resolve();
        }, resolve);
      });
      const isLost = (entry: JournalEntry | undefined): boolean =>
        entry?.fault?.kind === 'hang' || (entry?.fault?.kind === 'drip' && entry.status !== undefined);
      const answer = fetch(url, { redirect: 'manual', signal: disconnect.signal, ...init })
        .then((each) => each.text())
        .then(
          () => true,
          () => true,
        );
      while (
        !(await Promise.race([
          answer,
          new Promise<boolean>((resolve) => {
            setImmediate(resolve, false);
          }),
        ]))
      ) {
        if (isLost(world.journal.entries()[before])) disconnect.abort();
      }
      await ended;
    };

    const take = <T>(values: Iterable<T>, n: number): T | undefined => {
      const all = [...values];
      return all[n % Math.max(all.length, 1)];
    };

    const perform = async (world: World, step: Step, n: number): Promise<void> => {
      const realm = server.realm('dottedsign', world.id);
      const url = base(world.id);
      const post = (path: string, form: Record<string, string>): Promise<void> =>
        send(world, url + path, { method: 'POST', body: new URLSearchParams({ ...form, ...credentials }) });
      const steps: Readonly<Record<Step, () => Promise<void>>> = {
        authorize: () =>
          send(
            world,
            `${url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri, state: String(n) }).toString()}`,
            {},
          ),
        exchange: () =>
          post('/oauth/token', {
            grant_type: 'authorization_code',
            redirect_uri: demo.redirectUri,
            code: take(realm.codes.values(), n)?.code ?? 'none',
          }),
        refresh: () =>
          post('/oauth/token', {
            grant_type: 'refresh_token',
            refresh_token: take(realm.refreshTokens.values(), n)?.token ?? 'none',
          }),
        call: () =>
          send(world, `${url}/members/me`, {
            headers: { authorization: `Bearer ${take(realm.accessTokens.values(), n)?.token ?? 'none'}` },
          }),
        revoke: () => post('/oauth/revoke', { token: take(realm.accessTokens.values(), n)?.token ?? 'none' }),
      };
      await steps[step]();
    };

    /** Repeats the requests that had an effect, in a world without faults. */
    const repeat = async (world: World, entries: readonly JournalEntry[]): Promise<void> => {
      for (const { method, url, headers, body } of entries) {
        const { authorization } = headers as Record<string, string | undefined>;
        await send(world, server.url + url.replace(/^\/w\/[^/]+/, `/w/${world.id}`), {
          method,
          headers: authorization === undefined ? {} : { authorization },
          ...(method === 'POST' ? { body: new URLSearchParams(parseRecorded(body) as Record<string, string>) } : {}),
        });
      }
    };

    const small: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
      ...kinds.filter(({ name }) => !['delay', 'hold', 'drip'].includes(name)).map(({ example }) => example as Fault),
      { kind: 'delay', for: '1ms' },
      { kind: 'drip', every: '1ms' },
      { kind: 'hold', until: 1 },
      { kind: 'hold', until: 2, atMost: '1ms' },
      { kind: 'tamper', code: 'missing', state: 'doubled' },
      { kind: 'status', status: 502, after: true },
      { kind: 'oauth-error', error: 'invalid_grant', after: true, delay: '1ms' },
      { kind: 'close', after: true },
      { kind: 'gzip', broken: true },
    );
    const rules = fc.array(
      fc.record({
        match: fc.constantFrom<Rule['match']>(
          {},
          { endpoint: 'token' },
          { endpoint: 'resource' },
          { grantType: 'refresh_token' },
          { clientId: demo.id },
          { provider: 'mailup' },
        ),
        skip: fc.nat(2),
        times: fc.integer({ min: 1, max: 3 }),
        probability: fc.constantFrom(0.3, 0.7, 1),
        fault: small,
      }),
      { maxLength: 6 },
    );
    const steps = fc.array(
      fc.tuple(fc.constantFrom<Step>('authorize', 'exchange', 'refresh', 'call', 'revoke'), fc.nat(3)),
      { minLength: 4, maxLength: 14 },
    );

    let runs = 0;
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(rules, steps, async (installed, played) => {
        runs += 1;
        const spoilt = server.worlds.open({ id: 'spoilt', scenario });
        const clean = server.worlds.open({ id: 'clean', scenario });
        spoilt.faults.add(installed);
        await perform(spoilt, 'authorize', 0);
        for (const [step, n] of played) await perform(spoilt, step, n);
        const entries = spoilt.journal.entries();
        const happened = ({ fault }: JournalEntry): boolean =>
          fault === undefined || happensWith(spoilt.faults.get(fault.id)!.fault as Fault);
        applied += entries.filter(({ fault }) => fault !== undefined).length;
        await repeat(clean, entries.filter(happened));
        t.same(dump(spoilt), dump(clean));
      }),
      { numRuns: 20, seed: 4 },
    );
    t.ok(applied > runs, `${applied} faults applied in ${runs} runs`);

    const stateAfterRun = async (id: string, seed: string): Promise<unknown> => {
      const world = server.worlds.open({ id, scenario: { ...scenario, seed } });
      world.faults.add([
        { match: {}, probability: 0.4, fault: { kind: 'status', status: 500 } },
        { match: {}, probability: 0.4, fault: { kind: 'patch', remove: ['expires_in'] } },
      ]);
      for (const step of [
        'authorize',
        'exchange',
        'refresh',
        'call',
        'refresh',
        'call',
        'refresh',
        'call',
        'revoke',
        'call',
      ] as const) {
        await perform(world, step, 0);
      }
      return world.journal.entries().map(({ fault, status, reason }) => [fault, status, reason]);
    };
    t.same(await stateAfterRun('once', 'a'), await stateAfterRun('again', 'a'), 'the same seed gives the same faults');
    t.notSame(await stateAfterRun('other', 'b'), await stateAfterRun('once', 'a'));
  },
);

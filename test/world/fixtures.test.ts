import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import t from 'tap';
import { parse } from 'yaml';
import { scenarioSchema } from '../../scripts/reference-docs.js';
import { run } from '../../src/commands/index.js';
import { packageFolder } from '../../src/package.js';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { BadScenario } from '../../src/world/scenario/bad-scenario.js';
import { defaultScenario } from '../../src/world/scenario/default-scenario.js';
import { formatMistake } from '../../src/input/document/files.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { checkFile } from '../../src/world/scenario/check-file.js';
import { ScenarioLibrary } from '../../src/world/scenario/library.js';
import { adminOf } from '../admin/calls.js';
import { findingIds } from '../../src/findings/finding-ids.js';
import { ruleIds } from '../../src/findings/rules/index.js';
import { knownNames } from '../support.js';
import type { Test } from 'tap';
import type { Config } from '../../src/config.js';
import type { Server } from '../../src/server.js';

/** A folder of scenario files, by name. */
function folder(t: Test, files: Readonly<Record<string, string>>): string {
  return t.testdir(files);
}

const mistakesIn = (text: string, file = 'x.yaml'): string[] =>
  readFixture(text, file, knownNames).mistakes.map(formatMistake);

async function command(...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => {},
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    stopped: Promise.resolve('SIGTERM'),
  });
  return { code, out, err };
}

async function serve(t: Test, config: Partial<Config> = {}): Promise<Server> {
  const server = await openServer({ ...configOf({ port: 0, logLevel: 'silent' }), ...config });
  t.teardown(() => server.close());
  return server;
}

void t.test('a scenario file', async (t) => {
  void t.test('is YAML or JSON, with the same meaning', (t) => {
    const scenario = {
      description: 'two',
      seed: 42,
      clock: { now: '2026-01-01T00:00:00Z', frozen: true },
      providers: {
        mailup: { policy: { accessToken: '15m' }, clients: [{ id: 'a', redirectUris: ['http://localhost:3000/cb'] }] },
      },
    };
    const yaml =
      'description: two\nseed: 42\nclock: { now: 2026-01-01T00:00:00Z, frozen: true }\nproviders:\n  mailup:\n    policy: { accessToken: 15m }\n    clients: [ { id: a, redirectUris: [ "http://localhost:3000/cb" ] } ]\n';
    for (const text of [
      yaml,
      `\uFEFF${yaml.replaceAll('\n', '\r\n')}`,
      JSON.stringify(scenario),
      JSON.stringify(scenario, null, '\t'),
      `# yaml-language-server: $schema=x\n${yaml}`,
    ]) {
      t.strictSame(readFixture(text, 'x', knownNames).mistakes, []);
      t.strictSame(readFixture(text, 'x', knownNames).scenario, scenario);
    }
    t.strictSame(
      readFixture('providers:\n  mailup: &same { clients: [ { id: a } ] }\n  tinyemail: *same\n', 'x', knownNames)
        .scenario,
      { providers: { mailup: { clients: [{ id: 'a' }] }, tinyemail: { clients: [{ id: 'a' }] } } },
      'an anchor may be referenced',
    );
    t.end();
  });

  void t.test('is refused with all its mistakes, each with line and column', (t) => {
    t.strictSame(
      mistakesIn(
        [
          'descripton: a story',
          'seed: 1.5',
          'clock:',
          '  now: yesterday',
          'providers:',
          '  mailup:',
          '    policy:',
          '      code: 5 parsecs',
          '      errors:',
          '        code.expired: { status: 9 }',
          '    clients:',
          '      - id: a',
          '        redirectUri: x',
          '      - { secret: 5 }',
        ].join('\n'),
        'dir/story.yaml',
      ),
      [
        'dir/story.yaml:1:1: descripton: is not a member here; did you mean "description"?',
        'dir/story.yaml:2:1: seed: expected: a whole number, or text: with the same seed, the same calls give the same codes, tokens and ids, got a number (1.5)',
        'dir/story.yaml:4:3: clock.now: expected: a point in time: 2026-01-01T00:00:00Z, in the years 0 to 9999 in UTC, got "yesterday"',
        'dir/story.yaml:8:7: providers.mailup.policy.code: expected: the lifetime of an authorization code as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never, got "5 parsecs"',
        'dir/story.yaml:10:25: providers.mailup.policy.errors.code.expired.status: must be >= 200',
        'dir/story.yaml:13:9: providers.mailup.clients.0.redirectUri: is not a member here; did you mean "redirectUris"?',
        'dir/story.yaml:14:9: providers.mailup.clients.1.id: is required',
        'dir/story.yaml:14:11: providers.mailup.clients.1.secret: expected a string',
      ],
    );
    t.strictSame(
      mistakesIn('providers:\n  mailup: &m { clients: [ { id: a, sed: 1 } ] }\n  tinyemail: *m\n').map((line) =>
        line.slice(0, 11),
      ),
      ['x.yaml:2:36', 'x.yaml:3:3:'],
      'a mistake behind an alias is reported at both places',
    );
    t.strictSame(mistakesIn('{\n "seed": 1,\n "clock": {"rate": "fast"}\n}', 'x.json'), [
      'x.json:3:12: clock.rate: expected a number, got a string ("fast")',
    ]);
    t.end();
  });

  void t.test('that is not valid YAML is refused with the position of the error', (t) => {
    t.match(mistakesIn('seed: 1\n  bad: 2\n'), [/^x\.yaml:1:7: Nested mappings are not allowed/, /^x\.yaml:1:7: /]);
    t.match(mistakesIn('seed: 1\nclock:\n\tnow: 2\n'), [/^x\.yaml:3:1: Tabs are not allowed as indentation/]);
    t.match(mistakesIn('seed: [1'), [/^x\.yaml:1:9: /]);
    t.match(mistakesIn('a: 1\n---\nb: 2\n'), [
      'x.yaml:2:1: a scenario file must contain one YAML document; a second one begins here',
    ]);
    for (const text of ['', '# nothing yet\n']) {
      t.strictSame(mistakesIn(text), ['x.yaml:1:1: the file is empty; write {} for a scenario without members']);
    }
    t.strictSame(mistakesIn('null'), ['x.yaml:1:1: expected an object, got null']);
    t.strictSame(mistakesIn('- a\n- b'), ['x.yaml:1:1: expected an object, got an array']);
    t.strictSame(mistakesIn('just text'), ['x.yaml:1:1: expected an object, got a string ("just text")']);
    t.match(mistakesIn('? [a, b]\n: 1\n'), [/^x\.yaml:1:3: an object or a list is the name of a member$/]);
    t.match(mistakesIn('seed: !!js/function x\nclock: !!set {a}'), [
      /^x\.yaml:1:7: Unresolved tag: .*js\/function/,
      /^x\.yaml:2:8: Unresolved tag: .*set/,
    ]);
    t.end();
  });

  void t.test('named .json must be strict JSON, without YAML syntax', (t) => {
    const rows: [string, string][] = [
      ['{\n  "description": "a, ]",\n  "seed": 1,\n}', '3:12: is not JSON: trailing comma'],
      ['{"faults": [1, ]}', '1:14: is not JSON: trailing comma'],
      ['{"seed": 1 "a": 2}', "1:12: is not JSON: Expected ',' or '}' after property value"],
      ['seed: 1', '1:1: is not JSON: Unexpected token'],
      ['{"faults": [\n', '1:13: is not JSON: Unexpected end of JSON input'],
      ['{"faults": {\n}', '2:2: is not JSON: '],
    ];
    for (const name of ['x.json', 'X.JSON']) {
      for (const [text, said] of rows) {
        const [mistake, ...more] = mistakesIn(text, name);
        t.match(mistake, `${name}:${said}`, text);
        t.same(more, [], 'the parser of YAML does not tell it again');
      }
    }
    t.strictSame(mistakesIn('\uFEFF{"seed": 1}', 'x.json'), [], 'a byte order mark is ignored');
    t.strictSame(mistakesIn('seed: 1', 'x.yaml'), []);
    t.end();
  });

  void t.test('is refused with schema errors and semantic errors together', (t) => {
    t.strictSame(
      mistakesIn(
        'sed: 1\nproviders:\n  mailop: {}\n  mailup: { clients: [ { id: a }, { id: a } ] }\n  tinyemail: { users: [ { id: u }, { id: u, nam: x } ] }\nexpect: [ { match: { reason: code.expird } } ]\nsuppress: [ { rule: no-bakoff, reason: x } ]\n',
      ).map((line) => line.replace(/^x\.yaml:[\d:]+ /, '')),
      [
        'sed: is not a member here; did you mean "seed"?',
        'providers.tinyemail.users.1.nam: is not a member here; did you mean "name"?',
        'providers.mailop: is not a provider; did you mean "mailup"?; known: mailup, tinyemail, dottedsign, standard',
        'providers.mailup.clients.1.id: "a" is already the id of another client',
        'expect.0.match.reason: there is no reason "code.expird"; did you mean "code.expired"?',
        `suppress.0.rule: expected one of ${ruleIds.join(', ')}, got "no-bakoff"; did you mean "no-backoff"?`,
      ],
    );
    t.strictSame(mistakesIn('providers: [1]'), ['x.yaml:1:1: providers: expected an object, got an array']);
    t.end();
  });

  void t.test('is refused with readable messages for schema errors', (t) => {
    const wrong: [string, string][] = [
      ['expect: [ { order: [ {} ] } ]', 'expect.0.order: needs at least 2 items'],
      ['expect: [ { match: {}, count: {} } ]', 'expect.0.count: needs at least 1 member'],
      [
        'providers: { mailup: { policy: { tokenMethods: [] } } }',
        'providers.mailup.policy.tokenMethods: needs at least 1 item',
      ],
      [
        'providers: { mailup: { policy: { grants: [ password, password ] } } }',
        'providers.mailup.policy.grants: has the same item at 0 and at 1',
      ],
      [
        `providers: { mailup: { users: [ { id: ${'x'.repeat(201)} } ] } }`,
        'providers.mailup.users.0.id: has more than 200 characters',
      ],
      ['providers: { mailup: { users: [ { id: "" } ] } }', 'providers.mailup.users.0.id: needs at least 1 character'],
      [
        `providers: { mailup: { clients: [ { id: a, scopes: [ ${Array.from({ length: 101 }, (_, i) => `s${i}`).join(',')} ] } ] } }`,
        'providers.mailup.clients.0.scopes: has more than 100 items',
      ],
      [
        `expect: [ { match: { query: { ${Array.from({ length: 51 }, (_, i) => `q${i}: x`).join(',')} } } } ]`,
        'expect.0.match.query: has more than 50 members',
      ],
      ['seed: [1]', `seed: expected: a whole number, or text`],
      [
        'providers: { mailup: { clients: [ { id: "\u00e9" } ] } }',
        'providers.mailup.clients.0.id: expected: visible ASCII characters',
      ],
      [
        'providers: { mailup: { resources: [ { method: GET, path: x } ] } }',
        'providers.mailup.resources.0.path: expected: a path that begins with /',
      ],
      [
        'providers: { mailup: { resources: [ { method: GET, path: /x, headers: { a: "\u00e9" } } ] } }',
        'providers.mailup.resources.0.headers.a: expected: text that matches',
      ],
      [
        'providers: { mailup: { policy: { accessToken: 100000000d } } }',
        'providers.mailup.policy.accessToken: is longer than 36500 days; write never for no limit',
      ],
    ];
    for (const [text, said] of wrong) t.match(mistakesIn(text), [said], text);
    t.end();
  });

  void t.test('is refused if it has a duplicate member', (t) => {
    t.strictSame(mistakesIn('seed: 1\nclock:\n  rate: 1\n  rate: 2\nseed: 2\n'), [
      'x.yaml:5:1: duplicate member "seed"',
      'x.yaml:4:3: duplicate member "rate"',
    ]);
    t.strictSame(mistakesIn('{"seed": 1,\n"seed": 2}'), ['x.yaml:2:1: duplicate member "seed"']);
    t.end();
  });

  void t.test('that is a YAML bomb or deeply nested is refused quickly', (t) => {
    const started = Date.now();
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
        (name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefg'[i]!}`).join(',')}]`,
      ),
    ].join('\n');
    t.match(mistakesIn(bomb), ['Excessive alias count']);
    const deep = [
      ['flow', `providers: ${'['.repeat(100_000)}`],
      ['closed flow', `providers: ${'['.repeat(2000)}${']'.repeat(2000)}`],
      ['maps', `providers: ${'{a: '.repeat(2000)}1${'}'.repeat(2000)}`],
      ['block', `providers:\n${'- '.repeat(50_000)}a`],
    ] as const;
    for (const [name, text] of deep) t.match(mistakesIn(text), [/is nested deeper than 100 levels$/], name);
    t.match(mistakesIn(`providers: ${'['.repeat(110)}${']'.repeat(110)}`), [
      'x.yaml:1:1: is nested deeper than 100 levels',
    ]);
    t.match(
      mistakesIn(
        `providers: { mailup: { resources: [ { method: GET, path: /x, body: ${'['.repeat(90)}${']'.repeat(90)} } ] } }`,
      ),
      [],
      'a body of allowed depth is accepted',
    );
    const wide = mistakesIn(Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n'));
    t.equal(wide.length, 101);
    t.ok(Date.now() - started < 60_000);
    t.end();
  });
});

void t.test('a library', async (t) => {
  void t.test('has the built-in scenarios; each is valid and has a description', async (t) => {
    const library = new ScenarioLibrary(findingIds);
    const files = readdirSync(join(packageFolder, 'fixtures', 'scenarios'));
    const list = await library.list();
    t.strictSame(
      list.map(({ name }) => name),
      [...new Set(['default', ...files.map((file) => file.replace(/\.yaml$/, ''))])].sort(),
    );
    t.ok(list.length >= 15);
    for (const { name, description, source } of list) {
      t.equal(source, 'built-in');
      t.ok(description.length > 40, name);
      t.ok(await library.get(name), name);
    }
    t.strictSame(await library.read(), []);
    t.equal(await library.get('nothing'), undefined);
    t.equal(await library.get('default'), defaultScenario);
  });

  void t.test('merges a file into the scenario that it extends, over several levels', async (t) => {
    const library = new ScenarioLibrary(
      findingIds,
      folder(t, {
        'a.yaml':
          'description: a\nextends: b\nseed: 1\nclock: { frozen: true }\nproviders: { mailup: { policy: { code: 1m, errors: { code.expired: { status: 418 } } }, clients: [ { id: x, name: of a } ], resources: [ { method: GET, path: /a } ] } }\nfaults: [ { id: f, match: {}, fault: { kind: pass } } ]\n',
        'b.json': JSON.stringify({
          description: 'b',
          extends: 'c',
          seed: 2,
          journal: { limit: 5 },
          providers: {
            mailup: {
              policy: { accessToken: '2m', errors: { 'code.unknown': { status: 419 } } },
              clients: [{ id: 'y' }],
              resources: [{ method: 'GET', path: '/b' }],
            },
          },
          faults: [
            { id: 'f', match: {}, times: 3, fault: { kind: 'cut' } },
            { match: {}, fault: { kind: 'drop' } },
          ],
        }),
        'c.yml':
          'description: c\nextends: default\nclock: { rate: 2 }\njournal: { secrets: plain }\nproviders: { mailup: { clients: [ { id: x, name: of c }, { id: z } ] }, dottedsign: {} }\n',
      }),
    );
    t.strictSame(await library.read(), []);
    const scenario = await library.get('a');
    t.match(scenario, {
      description: 'a',
      seed: 1,
      clock: { frozen: true, rate: 2 },
      journal: { limit: 5, secrets: 'plain' },
      providers: {
        mailup: {
          policy: {
            code: '1m',
            accessToken: '2m',
            errors: { 'code.expired': { status: 418 }, 'code.unknown': { status: 419 } },
          },
          resources: [{ path: '/a' }, { path: '/b' }],
        },
        tinyemail: { clients: [{ id: 'understudy-client' }] },
      },
    });
    t.equal(scenario?.extends, undefined);
    t.strictSame(
      scenario?.providers?.mailup?.clients?.map(({ id, name }) => `${id} ${String(name)}`),
      ['understudy-client Understudy demo client', 'x of a', 'z undefined', 'y undefined'],
    );
    t.strictSame(
      scenario?.faults?.map(({ id, times }) => [id, times]),
      [
        ['f', undefined],
        [undefined, undefined],
      ],
    );
    t.equal(await library.get('a'), scenario, 'the merged scenario is cached');
  });

  void t.test('lets a file named default extend the built-in default', async (t) => {
    const library = new ScenarioLibrary(
      findingIds,
      folder(t, {
        'default.yaml': 'description: mine\nextends: default\nseed: 3\n',
        'other.yaml': 'description: other\nextends: default\n',
      }),
    );
    t.strictSame(await library.read(), []);
    t.match(await library.get('default'), {
      description: 'mine',
      seed: 3,
      providers: { mailup: { clients: [{ id: 'understudy-client' }] } },
    });
    t.match(await library.get('other'), { description: 'other', seed: 3 });
    t.match(
      (await library.list()).find(({ name }) => name === 'default'),
      { source: 'file', description: 'mine' },
    );
  });

  void t.test(
    'reports circular extends, unknown bases, contradictions after the merge, and two files with one name',
    async (t) => {
      const at = folder(t, {
        'a.yaml': '\nextends: b\n',
        'b.yaml': 'extends: a\n',
        'self.yaml': 'seed: 1\nextends: self\n',
        'weak.yaml': 'extends: self\n',
        'lost.yaml': 'extends: defualt\n',
        'twice.json': '{}',
        'twice.yaml': '{}',
        'rules.yaml':
          'extends: default\nproviders:\n  mailup:\n    policy:\n      interaction: { mode: auto, user: nobody }\n  mailop: {}\n',
        'broken.yaml': 'seed: {}',
        'heir.yaml': 'extends: broken',
        'notes.txt': 'not: [a scenario',
      });
      const said = (await new ScenarioLibrary(findingIds, at).read()).map((mistake) =>
        formatMistake(mistake).replace(`${at}/`, ''),
      );
      t.strictSame(said.sort(), [
        'a.yaml:2:1: extends: the scenario extends itself: a → b → a',
        'b.yaml:1:1: extends: the scenario extends itself: b → a → b',
        'broken.yaml:1:1: seed: expected: a whole number, or text: with the same seed, the same calls give the same codes, tokens and ids, got an object',
        'heir.yaml:1:1: extends: the scenario "broken" has mistakes',
        'lost.yaml:1:1: extends: there is no scenario "defualt"; did you mean "default"?',
        'rules.yaml:5:7: providers.mailup.policy.interaction: names the user "nobody", which this realm does not have',
        'rules.yaml:6:3: providers.mailop: is not a provider; did you mean "mailup"?; known: mailup, tinyemail, dottedsign, standard',
        'self.yaml:2:1: extends: the scenario extends itself: self → self',
        'twice.yaml:1:1: has the same scenario name as twice.json',
        'weak.yaml:1:1: extends: the scenario "self" has mistakes',
      ]);
    },
  );

  void t.test('reports unreadable and too large files', async (t) => {
    const at = folder(t, { 'large.yaml': `# ${'x'.repeat(1024 * 1024)}` });
    mkdirSync(join(at, 'folder.yaml'));
    const said = (await new ScenarioLibrary(findingIds, at).read()).map((mistake) =>
      formatMistake(mistake).replaceAll(`${at}/`, ''),
    );
    t.match(said, ['folder.yaml:1:1: cannot be read: EISDIR', 'large.yaml:1:1: is larger than 1048576 bytes']);
    await t.rejects(new ScenarioLibrary(findingIds, join(at, 'nowhere')).read(), { code: 'ENOENT' });
  });

  void t.test('refuses more faults than the limit, inherited ones included', async (t) => {
    const faults = (name: string): string =>
      JSON.stringify({
        ...(name === 'b' ? { extends: 'a' } : {}),
        faults: Array.from({ length: 600 }, (_, i) => ({ id: `${name}${i}`, match: {}, fault: { kind: 'pass' } })),
      });
    const library = new ScenarioLibrary(findingIds, folder(t, { 'a.json': faults('a'), 'b.json': faults('b') }));
    t.match(
      (await library.read()).map(({ message }) => message),
      ['are 1200, including inherited faults; the limit is 1000'],
    );
  });

  void t.test(
    'refuses more clients, users, stubs, expectations and accepted findings, inherited ones included',
    async (t) => {
      const many = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
      const scenario = (name: string): string =>
        JSON.stringify({
          ...(name === 'b' ? { extends: 'a' } : {}),
          providers: {
            mailup: {
              clients: many(501).map((i) => ({ id: `${name}${i}` })),
              users: many(501).map((i) => ({ id: `${name}${i}` })),
              resources: many(501).map((i) => ({ path: `/${name}${i}`, method: 'GET' })),
            },
          },
          expect: many(501).map(() => ({ match: {}, count: 0 })),
          suppress: many(51).map(() => ({ rule: 'state-reused', reason: 'known' })),
        });
      const library = new ScenarioLibrary(findingIds, folder(t, { 'a.json': scenario('a'), 'b.json': scenario('b') }));
      const message = (member: string): string => `are 1002, including inherited ${member}; the limit is 1000`;
      t.strictSame((await library.read()).map((mistake) => mistake.message).sort(), [
        message('clients'),
        message('expect'),
        message('resources'),
        message('users'),
        'are 102, including inherited suppress; the limit is 100',
      ]);
    },
  );

  void t.test('keeps the last valid version of a file if the new one is invalid', async (t) => {
    const at = folder(t, {
      'base.yaml': 'seed: 1\n',
      'child.yaml': 'extends: base\nclock: { rate: 2 }\n',
      'gone.yaml': 'seed: 9\n',
    });
    const library = new ScenarioLibrary(findingIds, at);
    t.strictSame(await library.read(), []);
    writeFileSync(join(at, 'base.yaml'), 'seed: {}\n');
    t.equal((await library.read()).length, 1);
    t.match(await library.get('child'), { seed: 1, clock: { rate: 2 } });
    writeFileSync(join(at, 'base.yaml'), 'seed: 2\nproviders: { mailup: { users: [ {} ] } }\n');
    t.equal((await library.read()).length, 1, 'a semantic error');
    t.match(await library.get('child'), { seed: 1 }, 'scenarios that extend it keep the valid version');
    rmSync(join(at, 'base.yaml'));
    rmSync(join(at, 'gone.yaml'));
    t.match(
      (await library.read()).map(({ message }) => message),
      ['there is no scenario "base"'],
    );
    t.match(await library.get('child'), { seed: 1 });
    t.equal(await library.get('gone'), undefined);
    writeFileSync(join(at, 'base.yaml'), 'seed: 3\n');
    t.strictSame(await library.read(), []);
    t.match(await library.get('child'), { seed: 3 });
  });

  void t.test('refuses an inline scenario that is invalid', async (t) => {
    const library = new ScenarioLibrary(findingIds);
    await t.rejects(
      library.resolve({ extends: 'nothing' }),
      new BadScenario([{ path: 'extends', message: 'there is no scenario "nothing"' }]),
    );
    t.equal(
      new BadScenario([
        { path: '', message: 'all of it' },
        { path: 'a', message: 'is b' },
      ]).message,
      'all of it\na: is b',
    );
    t.match(await library.resolve({ extends: 'default', seed: 4 }), { seed: 4, providers: { mailup: {} } });
  });
});

void t.test('an internal error is not reported as a mistake of the file', async (t) => {
  class Broken extends ScenarioLibrary {
    override resolve(): Promise<never> {
      return Promise.reject(new TypeError('broken'));
    }
  }
  const at = folder(t, { 'a.yaml': '{}' });
  await t.rejects(new Broken(findingIds, at).read(), { message: 'broken' });
  await t.rejects(checkFile(join(at, 'a.yaml'), new Broken(findingIds)), { message: 'broken' });
});

void t.test('understudy check', async (t) => {
  const at = folder(t, {
    'good.yaml': 'extends: base\n',
    'base.yaml': '{}',
    'bad.yaml': 'sed: 1\nclock: { now: 1 }\n',
    'lost.yaml': 'extends: nothing\n',
  });
  const path = (name: string): string => join(at, name);

  void t.test('prints every mistake of every file, and exits with code 1', async (t) => {
    t.strictSame(await command('check', path('good.yaml'), path('base.yaml')), {
      code: 0,
      out: [`${path('good.yaml')}: good`, `${path('base.yaml')}: good`],
      err: [],
    });
    const { code, out, err } = await command('check', path('bad.yaml'), path('good.yaml'), path('lost.yaml'));
    t.equal(code, 1);
    t.strictSame(out, [`${path('good.yaml')}: good`]);
    t.strictSame(err, [
      `${path('bad.yaml')}:1:1: sed: is not a member here; did you mean "seed"?`,
      `${path('bad.yaml')}:2:10: clock.now: expected a string, got a number (1)`,
      `${path('lost.yaml')}:1:1: extends: there is no scenario "nothing"`,
    ]);
  });

  void t.test('prints the cycle of files that extend each other, whichever file is given', async (t) => {
    const circle = folder(t, {
      'a.yaml': 'extends: b\n',
      'b.yaml': 'extends: c\n',
      'c.yaml': 'extends: b\n',
      'default.yaml': 'extends: default\n',
      'd.yaml': 'extends: a\n',
      'good.yaml': 'extends: default\n',
    });
    const said = async (name: string): Promise<string> =>
      (await command('check', join(circle, name))).err.join().replace(`${circle}/`, '');
    t.equal(await said('b.yaml'), 'b.yaml:1:1: extends: the scenario extends itself: b → c → b');
    t.equal(await said('c.yaml'), 'c.yaml:1:1: extends: the scenario extends itself: c → b → c');
    t.equal(await said('d.yaml'), 'd.yaml:1:1: extends: the scenario extends itself: d → a → b → c → b');
    t.equal(await said('good.yaml'), '');
  });

  void t.test('checks every scenario file of a folder', async (t) => {
    const all = folder(t, {
      'a.yaml': 'extends: b\n',
      'b.json': '{}',
      'B.YML': 'sed: 1\n',
      'b.yaml': '{}',
      'notes.txt': 'x: [',
    });
    const { code, out, err } = await command('check', all);
    t.equal(code, 1);
    t.strictSame(
      out,
      ['a.yaml', 'b.json'].map((name) => `${join(all, name)}: good`),
    );
    t.strictSame(err, [
      `${join(all, 'B.YML')}:1:1: sed: is not a member here; did you mean "seed"?`,
      `${join(all, 'b.yaml')}:1:1: has the same scenario name as b.json`,
    ]);
  });

  void t.test('exits with code 2 without a file, or with a missing one', async (t) => {
    t.match(await command('check'), {
      code: 2,
      err: ["understudy: missing required argument 'FILE'"],
    });
    t.match(await command('check', t.testdir({ 'notes.txt': '' })), {
      code: 2,
      err: [/^understudy: there is no scenario or provider file in /],
    });
    t.match(await command('check', path('good.yaml'), path('none.yaml')), {
      code: 2,
      out: [],
      err: [`understudy: there is no file "${path('none.yaml')}"`],
    });
  });
});

void t.test('understudy scenarios lists the available scenarios', async (t) => {
  const at = folder(t, { 'mine.yaml': 'description: |\n  First line.\n  Second line.\n', 'bare.yaml': 'seed: 1\n' });
  const { code, out } = await command('scenarios', '--fixtures', at);
  t.equal(code, 0);
  const text = out.join('\n');
  t.match(text, 'mine  (your own)\n  First line.\n  Second line.');
  t.match(text, /^default$/m);
  t.equal((await command('scenarios')).out.filter((line) => line.includes('(your own)')).length, 0);
  t.equal((await command('scenarios', '--fixtures', join(at, 'none'))).code, 2);
});

void t.test(
  'a server does not start with an invalid scenario: it prints one message and exits with code 2',
  async (t) => {
    const root = t.testdir({ bad: { 'bad.yaml': 'sed: 1\n' }, good: { 'good.yaml': 'seed: 1\n' } });
    const [at, good] = [join(root, 'bad'), join(root, 'good')];
    const rows: [string[], string][] = [
      [
        ['--fixtures', at],
        `understudy: invalid scenarios:\n${join(at, 'bad.yaml')}:1:1: sed: is not a member here; did you mean "seed"?`,
      ],
      [
        ['--fixtures', join(at, 'none')],
        `understudy: the folder of scenarios "${join(at, 'none')}" cannot be read: ENOENT`,
      ],
      [['--scenario', 'happy-pth'], 'understudy: there is no scenario "happy-pth"; did you mean "happy-path"?'],
    ];
    for (const [args, expected] of rows) {
      const { code, err } = await command('--port', '0', ...args);
      t.equal(code, 2);
      t.ok(err.join('\n').startsWith(expected), err.join('\n'));
      t.notMatch(err.join('\n'), / at .*\.(js|ts):/, 'no stack');
    }
    t.equal((await command('--port', '0', '--fixtures', good, '--scenario', 'good')).code, 0);
  },
);

/** Polls until a condition is met, because files are watched in real time. */
async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

void t.test('a running server', async (t) => {
  const at = folder(t, { 'story.yaml': 'extends: default\nseed: 1\n', 'other.yaml': 'seed: 10\n' });
  const server = await serve(t, { fixtures: at, scenario: 'story' });
  const admin = adminOf(server.url);
  const seedOf = async (world: string): Promise<string | null> =>
    (await admin<{ seed: string | null }>(`GET /worlds/${world}`)).body.seed;
  await admin('PUT /worlds/own-seed', { seed: 7 });
  await admin('PUT /worlds/other', { scenario: 'other', clock: { frozen: true } });

  void t.test('applies a changed file: to the default world at once, to other worlds at their reset', async (t) => {
    t.equal(await seedOf('default'), '1');
    writeFileSync(join(at, 'story.yaml'), 'extends: default\nseed: 2\n');
    writeFileSync(join(at, 'other.yaml'), 'seed: 20\nclock: { rate: 3 }\n');
    await until(
      () => seedOf('default'),
      (seed) => seed === '2',
    );
    t.equal(await seedOf('other'), '10');
    t.match(
      (await adminOf(`${server.url}/w/other`)('POST /reset')).body,
      { seed: '20', scenario: 'other', clock: { rate: 3, frozen: true } },
      'the new file, with the settings of the world on top',
    );
    t.match((await adminOf(`${server.url}/w/own-seed`)('POST /reset')).body, { seed: '7', scenario: 'story' });
    t.match((await admin('PUT /worlds/new', {})).body, { seed: '2' });
    t.match((await admin('GET /scenarios/other')).body, { name: 'other', description: '', scenario: { seed: 20 } });
  });

  void t.test('keeps the old version if the new one is invalid or the file is deleted', async (t) => {
    const before = server.worlds.use('default');
    writeFileSync(join(at, 'story.yaml'), 'extends: default\nseed: {}\n');
    writeFileSync(join(at, 'marker.yaml'), 'seed: 1\n');
    const names = async (): Promise<string[]> =>
      (await admin<{ scenarios: { name: string }[] }>('GET /scenarios')).body.scenarios.map(({ name }) => name);
    await until(names, (list) => list.includes('marker'));
    t.equal(server.worlds.use('default'), before, 'the default world was not reset');
    t.match((await admin('POST /reset')).body, { seed: '2' });
    rmSync(join(at, 'story.yaml'));
    await until(names, (list) => !list.includes('story'));
    t.match((await admin('POST /reset')).body, { seed: '2', scenario: 'story' });
  });

  void t.test('does not reset a default world that plays another scenario', async (t) => {
    await admin('PUT /scenario', { seed: 'inline' });
    writeFileSync(join(at, 'story.yaml'), 'extends: default\nseed: 4\n');
    await until(
      async () => (await admin<{ seed: string }>('PUT /worlds/fresh', {})).body.seed,
      (seed) => seed === '4',
    );
    t.equal(await seedOf('default'), 'inline');
  });

  void t.test('continues if its folder is removed', async (t) => {
    renameSync(at, `${at}-gone`);
    t.teardown(() => {
      rmSync(`${at}-gone`, { recursive: true });
    });
    writeFileSync(join(`${at}-gone`, 'late.yaml'), 'seed: 1\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    t.equal((await admin('GET /health')).status, 200);
    t.match((await admin('PUT /worlds/last', {})).body, { seed: '4' });
  });
});

void t.test('the published JSON Schema', (t) => {
  const text = scenarioSchema();
  const schema = JSON.parse(text) as { $schema: string; $id: string };
  t.match(schema, { $schema: 'http://json-schema.org/draft-07/schema#', $id: /^[a-z]+:/ });
  t.notMatch(text, /"(~|discriminator|instant|bounded-duration|redirect-uri"|TypeBox)/);
  t.equal(
    readFileSync(join(packageFolder, 'schema', 'scenario.schema.json'), 'utf8'),
    text,
    '`npm run docs` writes it',
  );

  // Strict mode refuses keywords that are not in the standard.
  const validate = new Ajv({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    formats: { 'date-time': true },
  }).compile(schema);
  const isGood = (document: unknown): boolean => validate(document);
  t.ok(isGood(defaultScenario));
  for (const file of readdirSync(join(packageFolder, 'fixtures', 'scenarios'))) {
    t.ok(isGood(parse(readFileSync(join(packageFolder, 'fixtures', 'scenarios', file), 'utf8'))), file);
  }
  for (const bad of [
    { sed: 1 },
    { providers: { mailup: { clents: [] } } },
    { providers: { mailup: { policy: { code: '5 parsecs' } } } },
    { providers: { mailup: { policy: { interaction: { mode: 'auto' } } } } },
    { faults: [{ match: {}, fault: { kind: 'explode' } }] },
  ]) {
    t.notOk(isGood(bad), JSON.stringify(bad));
  }
  t.end();
});

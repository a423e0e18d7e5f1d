import { routes } from '../src/admin/routes.js';
import { options } from '../src/config.js';
import { FaultSchema, MatchSchema as FaultMatchSchema, RuleSchema } from '../src/faults/rule.js';
import { providers } from '../src/providers/index.js';
import { ExpectationSchema } from '../src/world/journal/expectation.js';
import { MatchSchema } from '../src/world/journal/match.js';
import { PolicySchema } from '../src/world/scenario/schema/policy.js';
import {
  ClientSchema,
  ClockSchema,
  JournalSchema,
  RealmSchema,
  ResourceSchema,
  ScenarioSchema,
  UserSchema,
} from '../src/world/scenario/schema/scenario.js';
import { SnapshotSchema } from '../src/world/snapshot/schema.js';
import { faultsPage } from './fault-docs.js';
import { libraryPage } from './library-docs.js';
import { code, memberTable, table, valueText } from './schema-text.js';
import type { AdminRoute } from '../src/admin/route.js';
import type { Places, Schema } from './schema-text.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';
const page = (...parts: readonly string[]): string => `${[generated, ...parts].join('\n\n')}\n`;

/** The generated reference pages, by their names below docs/reference/. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map(
    [
      ['admin-api.md', adminPage()],
      ['fixtures.md', fixturesPage()],
      ['command-line.md', commandLinePage()],
      ['library.md', libraryPage()],
      ['faults.md', page(faultsPage())],
    ].map(([name = '', text = '']) => [name, text]),
  );
}

/** The JSON Schema that an editor completes and checks scenario files with; published in the package. */
export function scenarioSchema(): string {
  const realms = Object.fromEntries(
    providers.map(({ name, title }) => [name, { $ref: '#/$defs/realm', description: title }]),
  );
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:oauth-understudy:schema:scenario',
    title: 'Understudy scenario',
    ...ScenarioSchema,
    properties: {
      ...ScenarioSchema.properties,
      providers: { type: 'object', properties: realms, additionalProperties: false },
    },
    $defs: { realm: RealmSchema },
  };
  return `${JSON.stringify(schema, forEditors, 1)}\n`;
}

/** What our own validator knows and an editor does not is left out, or said in the words of the standard. */
function forEditors(name: string, value: unknown): unknown {
  if (name === 'format' && typeof value === 'string') return value === 'instant' ? 'date-time' : undefined;
  return name === 'discriminator' ? undefined : value;
}

const sections: readonly (readonly [string, string, unknown])[] = [
  ['a scenario', '', ScenarioSchema],
  ['a provider', 'a-provider', RealmSchema],
  ['a policy', 'a-policy', PolicySchema],
  ['a client', 'a-client', ClientSchema],
  ['a user', 'a-user', UserSchema],
  ['a resource', 'a-resource', ResourceSchema],
  ['a clock', 'a-clock', ClockSchema],
  ['a journal', 'a-journal', JournalSchema],
  ['an expectation', 'an-expectation', ExpectationSchema],
  ['a match', 'a-match', MatchSchema],
  ['a fault rule', 'a-fault-rule', RuleSchema],
];

const faultPlaces: readonly (readonly [string, string])[] = [
  [JSON.stringify(FaultSchema), '[a fault](faults.md)'],
  [JSON.stringify(FaultMatchSchema), '[a match](faults.md#match)'],
];

/** Where each schema is described; `file` is the page with them, empty on that page itself. */
const placesFrom = (file: string): Places =>
  new Map([
    ...faultPlaces,
    ...sections.map(
      ([name, anchor, schema]) =>
        [JSON.stringify(schema), `[${name}](${file}${anchor === '' ? '' : `#${anchor}`})`] as const,
    ),
  ]);
const here = placesFrom('');
const there = new Map([...placesFrom('fixtures.md'), [JSON.stringify(SnapshotSchema), 'a snapshot']]);

function fixturesPage(): string {
  const section = (name: string): string => {
    const [title, , schema] = sections.find(([each]) => each === name) as (typeof sections)[number];
    const own = new Map([...here].filter(([, place]) => !place.startsWith(`[${title}]`)));
    return `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${memberTable(schema as Schema, own)}`;
  };
  return page(
    '# Scenario files',
    'A scenario says what a world contains and how it misbehaves. It is a YAML or JSON file (`.yaml`, `.yml`, `.json`), one story each, played by the name of the file. Nothing is required; an unknown member is a mistake. `understudy check FILE…` tells every mistake with its line and column.',
    '`extends` lays a scenario over another: clients and users by id, policies by member, resources before those inherited, faults by id or after them.',
    'The JSON Schema in the package gives completion in an editor. At the top of a file: `# yaml-language-server: $schema=node_modules/oauth-understudy/schema/scenario.schema.json`.',
    '```yaml\nextends: default\ndescription: Tokens live for a minute, and nobody has to click.\nseed: 42\nclock: { now: 2026-01-01T00:00:00Z, frozen: true }\nproviders:\n  mailup:\n    policy: { accessToken: 1m, interaction: { mode: auto, user: ada@example.test, decision: allow } }\n```',
    section('a scenario'),
    ...['a provider', 'a client', 'a user', 'a resource'].map(section),
    section('a policy'),
    'Each provider has its own defaults: [MailUp](../providers/mailup.md#policy), [tinyEmail](../providers/tinyemail.md#policy), [DottedSign](../providers/dottedsign.md#policy).',
    'A **duration** is a number with a unit, or several: `90s`, `61m`, `2h30m`, `1d`, `500ms`; ISO 8601 as well: `PT15M`. Where something may live for ever: `never`.',
    ...['a clock', 'a journal'].map(section),
    ...['an expectation', 'a match', 'a fault rule'].map(section),
    '## Faults\n\nEvery kind with its parameters, what the client sees and what a rule may match: [Faults](faults.md).',
  );
}

function adminPage(): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  return page(
    '# Admin API',
    'JSON over HTTP. Every call is about the world `default`; the same path below `/w/{world}` is about another. Calls marked *server* have no such form. The OpenAPI 3.1 document is at `/__admin/openapi.json`, to browse at `/__admin/docs`.',
    'A refused call changes nothing. It answers a problem document (RFC 9457) with all its mistakes: `{ type, title, status, detail, errors: [{ path, message }] }`. An unknown member is a mistake. A body may have 1 MiB, unless a call says otherwise; what is larger is answered 413, with the limit.',
    'On the loopback interface the API is open. Elsewhere it asks for `Authorization: Bearer` with the admin token, or is off; only `GET /__admin/health` is always answered.',
    table(
      ['call', 'what it does'],
      routes.map((route) => [`[${callText(route)}](#${anchorOf(route)})`, route.summary]),
    ),
    ...tags.flatMap((tag) => [
      `## ${tag.charAt(0).toUpperCase()}${tag.slice(1)}`,
      ...routes.filter((route) => route.tag === tag).map(routeSection),
    ]),
  );
}

const callText = ({ method, path }: AdminRoute): string => `${method} /__admin${path.replaceAll(/:(\w+)/g, '{$1}')}`;
/** As GitHub makes it of the heading. */
const anchorOf = (route: AdminRoute): string =>
  callText(route)
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');

function routeSection(route: AdminRoute): string {
  const { summary, scope, query, body, answers } = route;
  return [
    `### ${callText(route)}`,
    `${summary}.${scope === 'server' ? ' *Server.*' : ''}`,
    ...(query === undefined ? [] : ['Query', memberTable(query, there)]),
    ...(body === undefined ? [] : ['Body', schemaText(body)]),
    ...Object.entries(answers).flatMap(([status, answer]) => [`Answer ${status}`, schemaText(answer as Schema)]),
  ].join('\n\n');
}

const scenarioMembers = Object.keys(ScenarioSchema.properties);

/** A table of the members, or, where there are none, a line. */
function schemaText(schema: Schema): string {
  const own = Object.entries(schema.properties ?? {});
  if (own.length === 0 || there.has(JSON.stringify(schema))) {
    return `${schema.description ?? valueText(schema, there)}.`;
  }
  const names = own.map(([name]) => name);
  if (!scenarioMembers.every((name) => names.includes(name))) return memberTable(schema, there);
  const more = Object.fromEntries(own.filter(([name]) => !scenarioMembers.includes(name)));
  return `The members of [a scenario](fixtures.md), or:\n\n${memberTable({ ...schema, properties: more }, there)}`;
}

function commandLinePage(): string {
  const rows = Object.values(
    options as Readonly<Record<string, { flag?: string; env: readonly string[]; value: string; help: string }>>,
  ).map(({ flag, env, value, help }) => [
    flag === undefined ? '' : code(`--${flag} ${value}`),
    env.map(code).join(', '),
    help,
  ]);
  return page(
    '# Command line',
    'The package is `oauth-understudy`, the command `understudy`.',
    table(
      ['command', 'what it does'],
      [
        ['`understudy serve`', 'serves the providers. This is what happens without a command'],
        [
          '`understudy check FILE…`',
          'checks scenario files, or all in a folder, and tells every mistake as `file:line:column: path: message`',
        ],
        ['`understudy scenarios`', 'lists the scenarios that can be played; with `--fixtures`, your own among them'],
        ['`understudy providers`', 'lists the providers, their paths and grants'],
        [
          '`understudy report`',
          'asks a running server for the [findings](findings.md) of a world; its options are told in [Fail CI on findings](../how-to/fail-ci-on-findings.md#from-a-shell)',
        ],
        [
          '`understudy healthcheck`',
          'asks a running server for its health; reads `--host` and `--port` as `serve` does',
        ],
        [
          '`understudy --help`, `understudy --version`',
          'say what they say; `understudy report --help` tells the options of `report`',
        ],
      ],
    ),
    '## Options of serve',
    'The flag comes first, then the variables from the left. An empty variable counts as none.',
    table(['flag', 'variables', 'what it says'], rows),
    '## What it prints',
    'For each provider the URLs to paste into a client, and who can log in; then who may steer. Where standard output is not a terminal, one JSON line comes last, when requests are taken: `{"ready":true,"url":"http://127.0.0.1:8080"}`.',
    'On SIGTERM and SIGINT, requests under way have a good half second (600 ms) to end, then what is left is cut and the process ends. A script that stops the server should start it as `understudy` or `node dist/main.js`: a program between the two may keep the signal to itself.',
    '## Limits',
    "A request body may have 64 KiB at the OAuth endpoints and pages, 1 MiB below a provider's API base and at the admin API (faults 4 MiB, snapshots 64 MiB): what is larger is answered 413. A request must have arrived within 30 s. At most 100 requests wait on one connection for the answers before theirs. A world keeps the last 1000 journal entries, unless its scenario says otherwise, and of each a request body of up to 65,536 characters.",
    '## Exit codes',
    table(
      ['code', 'when'],
      [
        ['0', 'all is well, or it was asked to stop'],
        ['1', '`check` found mistakes, `report` findings, `healthcheck` no health'],
        [
          '2',
          'a wrong option, a port that is taken, a scenario that cannot be played: one line on standard error says which',
        ],
      ],
    ),
  );
}

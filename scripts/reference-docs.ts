import { ExamFileSchema } from '../src/commands/exam-file-schema.js';
import { WholePolicy } from '../src/admin/schemas/providers.js';
import { routes } from '../src/admin/routes.js';
import { ExamResultSchema } from '../src/admin/schemas/exam-result.js';
import { FaultSchema, MatchSchema as FaultMatchSchema, RuleSchema } from '../src/faults/rule.js';
import { providers } from '../src/providers/index.js';
import { MatchSchema } from '../src/world/journal/match.js';
import { ExpectationSchema } from '../src/world/journal/expectation.js';
import { grouped } from '../src/panel/views/settings/groups.js';
import { PolicyChangeSchema } from '../src/providers/policy/schema.js';
import {
  ClientSchema,
  ClockSchema,
  DefinitionSchema,
  DefinitionsSchema,
  JournalSchema,
  RealmSchema,
  ResourceSchema,
  ScenarioSchema,
} from '../src/world/scenario/schema/scenario.js';
import { SnapshotSchema } from '../src/world/snapshot/schema.js';
import { commandLineSections } from './command-docs.js';
import { faultsPage } from './fault-docs.js';
import { providerFilesPage } from './provider-file-docs.js';
import { UserSchema } from '../src/providers/user-document.js';
import { ProviderSchema } from '../src/providers/files/schema/document.js';
import { libraryPage } from './library-docs.js';
import { memberTable, placeKey, table, valueText } from './schema-text.js';
import { namingFindings } from '../src/findings/finding-ids.js';
import { ruleIds } from '../src/findings/rules/index.js';
import type { AdminRoute } from '../src/admin/route.js';
import type { Schema } from './json-schema.js';
import type { Places } from './schema-text.js';

/** The draft that editors know best; SchemaStore recommends it. */
const draft = 'http://json-schema.org/draft-07/schema#';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';
const page = (...parts: readonly string[]): string => `${[generated, ...parts].join('\n\n')}\n`;

/** The generated reference pages, by their names below docs/reference/. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map(
    [
      ['admin-api.md', adminPage()],
      ['fixtures.md', fixturesPage()],
      ['command-line.md', page(...commandLineSections())],
      ['library.md', libraryPage()],
      ['faults.md', page(faultsPage())],
      ['provider-files.md', providerFilesPage(generated)],
    ].map(([name = '', text = '']) => [name, text]),
  );
}

/** The JSON Schema for scenario files, published in the package. Editors use it for completion and checks. */
export function scenarioSchema(): string {
  const realms = Object.fromEntries(
    providers.map(({ name, title }) => [name, { $ref: '#/$defs/realm', description: title }]),
  );
  const schema = {
    $schema: draft,
    $id: 'urn:oauth-understudy:schema:scenario',
    title: 'Understudy scenario',
    ...ScenarioSchema,
    properties: {
      ...ScenarioSchema.properties,
      // a provider of a file can have any name
      providers: { type: 'object', properties: realms, additionalProperties: { $ref: '#/$defs/realm' } },
      definitions: {
        ...DefinitionsSchema,
        patternProperties: undefined,
        additionalProperties: { $ref: '#/$defs/provider' },
      },
    },
    $defs: { realm: RealmSchema, provider: ProviderSchema },
  };
  const named: unknown = JSON.parse(JSON.stringify(schema, namingFindings(ruleIds)));
  return `${JSON.stringify(named, forEditors, 1)}\n`;
}

/** The JSON Schema of a provider file, published in the package. */
export function providerSchema(): string {
  const schema = {
    $schema: draft,
    $id: 'urn:oauth-understudy:schema:provider',
    title: 'Understudy provider',
    ...ProviderSchema,
  };
  return `${JSON.stringify(schema, forEditors, 1)}\n`;
}

/** The JSON Schema of a file with the options of an exam, published in the package. */
export function examSchema(): string {
  const schema = {
    $schema: draft,
    $id: 'urn:oauth-understudy:schema:exam',
    title: 'Understudy exam',
    ...ExamFileSchema,
  };
  return `${JSON.stringify(schema, forEditors, 1)}\n`;
}

/** The JSON Schema of the JSON file of an exam, published in the package. */
export function examResultSchema(): string {
  const schema = {
    $schema: draft,
    $id: 'urn:oauth-understudy:schema:exam-result',
    title: 'Result of an Understudy exam',
    ...ExamResultSchema,
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/** Removes keywords of our own validator, or replaces them by standard ones. */
function forEditors(name: string, value: unknown): unknown {
  if (name === 'format' && typeof value === 'string') return value === 'instant' ? 'date-time' : undefined;
  return name === 'discriminator' ? undefined : value;
}

const sections: readonly (readonly [string, string, unknown])[] = [
  ['a scenario', '', ScenarioSchema],
  ['a provider', 'a-provider', RealmSchema],
  ['a policy', 'a-policy', PolicyChangeSchema],
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
  [placeKey(FaultSchema), '[a fault](faults.md)'],
  [placeKey(FaultMatchSchema), '[a match](faults.md#match)'],
];

const providerPlaces = [DefinitionSchema, ProviderSchema].map(
  (schema) => [placeKey(schema), '[a provider file](provider-files.md)'] as const,
);

/** The link to each schema. `file` is the page that describes them, empty on that page itself. */
const placesFrom = (file: string): Places =>
  new Map([
    ...faultPlaces,
    ...providerPlaces,
    ...sections.map(
      ([name, anchor, schema]) =>
        [placeKey(schema as Schema), `[${name}](${file}${anchor === '' ? '' : `#${anchor}`})`] as const,
    ),
  ]);
const here = placesFrom('');
const there = new Map([
  ...placesFrom('fixtures.md'),
  [placeKey(SnapshotSchema), 'a snapshot'],
  [placeKey(WholePolicy), '[a policy](fixtures.md#a-policy) with every field'],
]);

function fixturesPage(): string {
  const section = (name: string): string => {
    const [title, , schema] = sections.find(([each]) => each === name) as (typeof sections)[number];
    const own = new Map([...here].filter(([, place]) => !place.startsWith(`[${title}]`)));
    return `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${memberTable(schema as Schema, own)}`;
  };
  return page(
    '# Scenario files',
    'A scenario describes the contents of a world and its faults. It is a YAML or JSON file (`.yaml`, `.yml`, ' +
      '`.json`); its name is the name of the file, without the extension and without `.understudy` before it. No ' +
      'member is required; an unknown member is a mistake. `understudy check FILE…` prints every mistake with ' +
      'its line and column.',
    '`extends` merges a scenario into another one: definitions of providers by name, clients by id, users by ' +
      'id and username, policies by member, resources before the inherited ones, faults by id or after the ' +
      'inherited ones.',
    'The JSON Schema in the package gives completion in an editor. At the top of a file: `# ' +
      'yaml-language-server: $schema=node_modules/oauth-understudy/schema/scenario.schema.json`. Editors that ' +
      'read [SchemaStore](https://www.schemastore.org) need no such line for `*.understudy.yaml` and for files ' +
      'in a folder `understudy-scenarios`, as soon as the entries in `schema/catalog.json` are there.',
    '```yaml\nextends: default\ndescription: Access tokens expire after a minute, and requests are approved ' +
      'without a page.\nseed: 42\nclock: { now: 2026-01-01T00:00:00Z, frozen: true }\nproviders:\n  mailup:\n    ' +
      'policy: { accessToken: 1m, interaction: { mode: auto, user: ada@example.test, decision: allow } }\n```',
    section('a scenario'),
    ...['a provider', 'a client', 'a user', 'a resource'].map(section),
    '## A policy',
    'In the groups of the panel. Every field can be left out.',
    ...policyGroups(),
    `Each provider has its own defaults: ` +
      `${providers.map(({ name, title }) => `[${title}](../providers/${name}.md#policy)`).join(', ')}.`,
    'A **duration** is a number with a unit, or several: `90s`, `61m`, `2h30m`, `1d`, `500ms`; ISO 8601 as ' +
      'well: `PT15M`. For something that may have no end also `never`. A lifetime of `0s` is allowed everywhere, in ' +
      'policies of provider files, worlds and scenarios: what is issued with it has expired at the instant at ' +
      'which it is issued, and `expires_in` is 0. That is a test of a client that gets a token too late.',
    ...['a clock', 'a journal'].map(section),
    ...['an expectation', 'a match', 'a fault rule'].map(section),
    '## Faults\n\nEvery kind with its parameters, what the client sees and what a rule may match: [Faults](faults.md).',
  );
}

/** The fields of a policy in a table for each group. */
function policyGroups(): readonly string[] {
  const { properties } = PolicyChangeSchema;
  const own = new Map([...here].filter(([, place]) => !place.startsWith('[a policy]')));
  const fields = Object.entries(properties).map(([field, schema]) => ({ field, schema }));
  return grouped(fields).map(({ title, fields: some }) => {
    const chosen = Object.fromEntries(some.map(({ field, schema }) => [field, schema]));
    return `### ${title}\n\n${memberTable({ ...PolicyChangeSchema, properties: chosen } as unknown as Schema, own)}`;
  });
}

function adminPage(): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  return page(
    '# Admin API',
    'JSON over HTTP. Every call acts on the world `default`; the same path below `/w/{world}` acts on another ' +
      'world. Calls marked *Server* act on the server and have no such path. The OpenAPI 3.1 document is at ' +
      '`/__admin/openapi.json`, and its pages at `/__admin/docs`. `GET /`, `/w/{world}`, `/{provider}` and ' +
      '`/__admin` lead a browser to the panel, and give a program a JSON index of the URLs.',
    'A refused call changes nothing. The answer is a problem document (RFC 9457) with all mistakes: `{ type, ' +
      'title, status, detail, errors: [{ path, message }] }`. An unknown member is a mistake. A body may have up ' +
      'to 1 MiB, unless the call has another limit; a larger body is answered 413, with the limit.',
    'On the loopback interface the API is open. On other interfaces it requires `Authorization: Bearer` with ' +
      'the admin token, or is off; only `GET /__admin/health` is always answered.',
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
/** The anchor that GitHub creates for a heading. */
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

/** A table of the members, or a line if there are none. */
function schemaText(schema: Schema): string {
  const own = Object.entries(schema.properties ?? {});
  if (own.length === 0 || there.has(placeKey(schema))) {
    return `${schema.description ?? valueText(schema, there)}.`;
  }
  const names = own.map(([name]) => name);
  if (!scenarioMembers.every((name) => names.includes(name))) return memberTable(schema, there);
  const more = Object.fromEntries(own.filter(([name]) => !scenarioMembers.includes(name)));
  return `The members of [a scenario](fixtures.md), or:\n\n${memberTable({ ...schema, properties: more }, there)}`;
}

import { readFileSync, readdirSync } from 'node:fs';
import { stringify } from 'yaml';
import { everywhere } from '../src/faults/fault.js';
import { longestWaitSeconds } from '../src/input/duration.js';
import { kinds } from '../src/faults/kinds/index.js';
import { MatchSchema, longestSequence } from '../src/faults/rule.js';
import { ruleLimit } from '../src/faults/script.js';
import { readFixture } from '../src/world/scenario/parse-file.js';
import { code, memberTable, table } from './schema-text.js';
import { providers } from '../src/providers/index.js';
import { ruleIds } from '../src/findings/rules/index.js';
import type { Kind } from '../src/faults/fault.js';
import type { Schema } from './json-schema.js';
import type { Places } from './schema-text.js';

const none: Places = new Map();

/** The reference page of the faults, from their schemas and the built-in scenarios. */
export function faultsPage(): string {
  return [
    '# Faults',
    'A rule says which requests it applies to, how often, and with which fault. It is part of a scenario ' +
      '(`faults`), or is added to a running world (`POST /__admin/faults`). Its members: [a fault ' +
      'rule](fixtures.md#a-fault-rule).',
    'Rules are tried in order; the first one that applies is used. A rule counts the requests that match and ' +
      'to which no earlier rule applied (`seen`). The first `skip` of them pass. To each of the others the fault ' +
      'applies with the `probability`, until it has applied `times` times (`hits`, `remaining`). Random numbers ' +
      "come from the world's seed, so a run can be repeated exactly. The journal entry names the rule that " +
      'applied: `fault: { id, kind }`.',
    "A rule can also end by itself. With `for: 30s` it ends 30 seconds of the world's clock after the first " +
      'request that the fault applies to. With `until: { endpoint: token }` it ends when a request that matches ' +
      'arrives, and that request is not affected any more. An ended rule stays in the list with `ended: true`.',
    '`fault` may be a list: its faults apply in turn, one per request. A list applies once; if `times` is ' +
      'larger, it starts again.',
    `All waiting is in real time, at most ${longestWaitSeconds / 60} minutes. A world has at most ${ruleLimit} ` +
      `rules, a list at most ${longestSequence} faults.`,
    '## Match',
    'A member that is left out matches any value. Requests that do not match are not counted. `query`, `form` ' +
      'and `headers` are compared as in the [match of the journal](admin-api.md): all given members must be ' +
      'there with exactly this value, and a repeated parameter has no single value.',
    'At the endpoints of the protocol, `grantType`, `clientId` and `userId` are read as the endpoint reads ' +
      'them, by the policy of the provider: they are those that the journal entry has without the fault. A ' +
      'request whose parameters the endpoint refuses to read has none of them.',
    memberTable(MatchSchema as unknown as Schema, none),
    '## Kinds',
    table(
      ['kind', 'the client sees', 'does the request have its effect?'],
      kinds.map(({ name, sees, happens }) => [`[${name}](#${name})`, sees, effects[String(happens)]?.short ?? '']),
    ),
    ...kinds.map(kindSection),
    '## Built-in scenarios with faults',
    'The description of each scenario names the bug that it finds and when that happens in production; `GET ' +
      '/__admin/scenarios/{name}` returns the whole scenario.',
    table(['scenario', ''], scenariosWithFaults()),
  ].join('\n\n');
}

/** By `happens` of a kind. */
const effects: Readonly<Record<string, { readonly short: string; readonly long: string }>> = {
  true: { short: 'yes', long: 'The request has its effect.' },
  false: { short: 'no', long: 'The request has no effect.' },
  after: { short: 'no; with `after: true` yes', long: 'The request has no effect, except with `after: true`.' },
};

function kindSection({ name, schema, sees, happens, endpoints, endpointsAfter, example }: Kind): string {
  const { properties: { kind: _, ...parameters } = {}, ...rest } = schema as Schema;
  const where = endpoints.length === everywhere.length ? 'everywhere' : `at ${endpoints.join(', ')}`;
  const whereAfter = endpointsAfter === undefined ? '' : `, with \`after: true\` at ${endpointsAfter.join(', ')}`;
  return [
    `### ${name}`,
    `${sees.charAt(0).toUpperCase()}${sees.slice(1)}. ${effects[String(happens)]?.long ?? ''} It can be used ` +
      `${where}${whereAfter}.`,
    ...(Object.keys(parameters).length === 0 ? [] : [memberTable({ ...rest, properties: parameters }, none)]),
    `\`\`\`yaml\n${stringify({ fault: example }, { flowCollectionPadding: true, lineWidth: 0 })}\`\`\``,
  ].join('\n\n');
}

function scenariosWithFaults(): string[][] {
  const folder = 'fixtures/scenarios';
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const { scenario } = readFixture(readFileSync(`${folder}/${file}`, 'utf8'), file, {
        providers,
        findingIds: ruleIds,
      });
      return scenario?.faults === undefined
        ? []
        : [[code(file.replace(/\.yaml$/, '')), (scenario.description ?? '').trim()]];
    });
}

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
import type { Places, Schema } from './schema-text.js';

const none: Places = new Map();

/** The reference page of the faults, from their schemas and the built-in scenarios. */
export function faultsPage(): string {
  return [
    '# Faults',
    'A rule says which requests, how often, and what becomes of them. It stands in a scenario (`faults`), or is added to a running world (`POST /__admin/faults`); its members: [a fault rule](fixtures.md#a-fault-rule).',
    "Rules are tried in order, and the first one that strikes decides. A rule sees the requests that match and that no earlier rule took, and counts them (`seen`): the first `skip` pass, of the others each is struck with its `probability`, until `times` of them were (`hits`, `remaining`). Chance comes from the world's seed, so that a run repeats exactly. The journal entry says which rule struck: `fault: { id, kind }`.",
    '`fault` may be a list: its members are played in turn, one a request. A list is played once, or again and again where `times` is larger.',
    `All waiting is in real time, at most ${longestWaitSeconds / 60} minutes. A world has at most ${ruleLimit} rules, a list at most ${longestSequence} faults.`,
    '## Match',
    'What is left out may be anything. Other requests never use a rule up.',
    memberTable(MatchSchema as unknown as Schema, none),
    '## Kinds',
    table(
      ['kind', 'the client sees', 'does what was asked happen?'],
      kinds.map(({ name, sees, happens }) => [`[${name}](#${name})`, sees, happens ? 'yes' : 'no']),
    ),
    ...kinds.map(kindSection),
    '## Ready stories',
    'Each is a scenario that ships. Its description says which bug it catches and why that happens in life; `GET /__admin/scenarios/{name}` shows the whole.',
    table(['scenario', ''], stories()),
  ].join('\n\n');
}

function kindSection({ name, schema, sees, happens, endpoints, example }: Kind): string {
  const { properties: { kind: _, ...parameters } = {}, ...rest } = schema as Schema;
  const where = endpoints.length === everywhere.length ? 'everywhere' : `at ${endpoints.join(', ')}`;
  return [
    `### ${name}`,
    `${sees.charAt(0).toUpperCase()}${sees.slice(1)}. ${happens ? 'What was asked for happens.' : 'What was asked for does not happen.'} It has a meaning ${where}.`,
    ...(Object.keys(parameters).length === 0 ? [] : [memberTable({ ...rest, properties: parameters }, none)]),
    `\`\`\`yaml\n${stringify({ fault: example }, { flowCollectionPadding: true, lineWidth: 0 })}\`\`\``,
  ].join('\n\n');
}

function stories(): string[][] {
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

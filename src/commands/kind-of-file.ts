import { readFileOfFolder, wholeFile } from '../input/document/files.js';
import { nearest } from '../input/did-you-mean.js';
import { readDocument } from '../input/document/read-document.js';
import { ProviderSchema } from '../providers/files/schema/document.js';
import { ScenarioSchema } from '../world/scenario/schema/scenario.js';
import type { PlacedMistake } from '../input/document/files.js';

/** What a checked file is, or why that cannot be told. */
export type KindOfFile = 'provider' | 'scenario' | { readonly mistakes: readonly PlacedMistake[] };

/** What messages call a file before its kind is known. */
const kind = {
  called: 'a scenario or provider file',
  empty: '{} for a scenario without members, or like: standard for a provider that is like standard',
};

const membersOf = (schema: { readonly properties: object }): readonly string[] =>
  Object.keys(schema.properties).filter((name) => name !== '$schema');

/** Apart from `$schema`, no member is of both kinds. */
const ofProviders = membersOf(ProviderSchema);
const ofScenarios = membersOf(ScenarioSchema);

/** Whether a file is meant as a scenario or as a provider file, by the members that it has. `{}` is a scenario. */
export function kindOfFile(file: string): KindOfFile {
  const text = readFileOfFolder(file);
  if (typeof text !== 'string') return { mistakes: [text] };
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { mistakes: read.mistakes };
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'scenario';
  const given = Object.keys(value).filter((name) => name !== '$schema');
  if (given.length === 0) return schemaNames(value, 'provider') ? 'provider' : 'scenario';
  const found = byMembers(given) ?? byMembers(given.map(corrected));
  if (found !== undefined) return found;
  const some = (names: readonly string[]): string => names.slice(0, 5).join(', ');
  const why = `a provider file has members such as ${some(ofProviders)}; a scenario ${some(ofScenarios)}`;
  return { mistakes: [wholeFile(file, `is this a provider file or a scenario? Its members do not say: ${why}`)] };
}

/** The kind that knows more of these members. Undefined: both know as many. */
function byMembers(names: readonly string[]): 'provider' | 'scenario' | undefined {
  const difference = known(names, ofProviders) - known(names, ofScenarios);
  if (difference === 0) return undefined;
  return difference > 0 ? 'provider' : 'scenario';
}

const known = (names: readonly string[], members: readonly string[]): number =>
  names.filter((name) => members.includes(name)).length;

const corrected = (name: string): string => nearest(name, [...ofProviders, ...ofScenarios]) ?? name;

/** Whether the member `$schema` is the JSON Schema of this kind. */
const schemaNames = (value: object, wanted: string): boolean =>
  '$schema' in value && String(value.$schema).endsWith(`${wanted}.schema.json`);

import { isDeepStrictEqual } from 'node:util';
import { grantTypes } from '../src/core/model.js';
import { MatchSchema as FaultMatchSchema, RuleSchema } from '../src/faults/rule.js';
import { kinds } from '../src/faults/kinds/index.js';
import { ExpectationSchema } from '../src/world/journal/expectation.js';
import { MatchSchema } from '../src/world/journal/match.js';
import { AnswerSchema } from '../src/providers/files/schema/answer.js';
import { ProviderSchema } from '../src/providers/files/schema/document.js';
import { ResourceSchema as ProviderResourceSchema } from '../src/providers/files/schema/resource.js';
import { TokenShapeSchema } from '../src/providers/files/schema/token-shape.js';
import { PolicyChangeSchema } from '../src/providers/policy/schema.js';
import { UserSchema } from '../src/providers/user-document.js';
import {
  ClientSchema,
  ClockSchema,
  JournalSchema,
  RealmSchema,
  ResourceSchema,
  ScenarioSchema,
} from '../src/world/scenario/schema/scenario.js';
import { SuppressionSchema } from '../src/world/scenario/schema/suppression.js';
import type { Schema } from './json-schema.js';

/** One interface: its name, its comment, its schema, and the types of members whose words the schema does not have. */
interface Document {
  readonly name: string;
  readonly says: string;
  readonly schema: Schema;
  readonly members?: Readonly<Record<string, string>>;
  /** Whether members may have no description. Default: no. */
  readonly isTerse?: boolean;
}

const head = '// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.\n';

const known = {
  provider: 'OpenName<ProviderName>',
  reason: 'OpenName<Reason>',
  fault: "OpenName<Fault['kind']>",
  grantType: 'OpenName<GrantType>',
  endpoint: 'Endpoint',
};

const document = (name: string, says: string, schema: unknown, members?: Document['members']): Document => ({
  name,
  says,
  schema: schema as Schema,
  ...(members === undefined ? {} : { members }),
});

const kindDocuments = kinds.map(({ name, sees, schema }) => document(`${pascal(name)}Fault`, sees, schema));
const policy = document(
  'PolicyDocument',
  'How a provider differs from the real service: fields to change',
  PolicyChangeSchema,
  {
    errors: 'Readonly<Partial<Record<Reason, ErrorRowDocument>>>',
  },
);
const { errors } = PolicyChangeSchema.properties as unknown as { errors: Schema };
const [errorRow] = Object.values(errors.patternProperties ?? {});
const faultMatch = document('FaultMatch', 'Conditions on a request. All that are given must hold', FaultMatchSchema, {
  provider: known.provider,
});
const match = document('Match', 'Conditions on a journal entry. All that are given must hold', MatchSchema, known);
const realm = document('RealmDocument', 'One provider of a scenario', RealmSchema);
const scenario = [
  document('ClientDocument', 'A registered client', ClientSchema),
  document('ResourceDocument', "A stub for a path of a provider's API", ResourceSchema),
  document('ClockDocument', 'The virtual clock of a world', ClockSchema),
  document('JournalDocument', 'Limits of a journal', JournalSchema),
  document('Suppression', 'A finding that is accepted', SuppressionSchema, {
    rule: 'OpenName<RuleId>',
    provider: known.provider,
  }),
  realm,
  document('Scenario', 'A scenario: the content of a world, and its faults', ScenarioSchema, {
    definitions: 'Readonly<Record<string, ProviderDocument>>',
    providers: 'Readonly<Partial<Record<ProviderName, RealmDocument>> & Record<string, RealmDocument>>',
  }),
];
const rule = document('FaultRule', 'Which requests a fault applies to, how often, and the fault', RuleSchema, {
  fault: 'Fault | FaultSequence',
});
const expectation = document(
  'Expectation',
  'How many entries match, or in which order entries occur',
  ExpectationSchema,
);

const terse = (each: Document): Document => ({ ...each, isTerse: true });
const providerParts = [
  document('AnswerDocument', 'An answer as templates, with the cases in which it differs', AnswerSchema),
  document('TokenShape', 'How tokens or codes look', TokenShapeSchema),
  document('ProviderResource', 'One call of the API of a provider', ProviderResourceSchema),
  document('UserDocument', 'A user who can log in', UserSchema),
].map(terse);
const provider = terse(
  document(
    'ProviderDocument',
    'A provider as a document: what differs from the provider that it is like',
    ProviderSchema,
    { $schema: 'string' },
  ),
);

/** Names of schemas with an interface of their own. A schema with another description has the same members. */
const names = new Map<unknown, string>(
  [policy, ...kindDocuments, faultMatch, rule, match, expectation, ...scenario, ...providerParts, provider].map(
    ({ schema, name }) => [schema.properties, name],
  ),
);

/** The files of src/client/documents by name. */
export function typedDocuments(): ReadonlyMap<string, string> {
  const row = document('ErrorRowDocument', 'One row of the error table', errorRow);
  return new Map([
    [
      'policy.ts',
      file(
        [
          "import type { GrantType } from '../../core/model.js';",
          "import type { Reason } from '../../core/errors.js';",
        ],
        [row, policy],
      ),
    ],
    [
      'faults.ts',
      `${file(
        [
          "import type { GrantType } from '../../core/model.js';",
          "import type { ProviderName } from '../../providers/index.js';",
          "import type { OpenName } from '../../admin/schemas/open-name.js';",
        ],
        [...kindDocuments, faultMatch, rule],
      )}
/** A fault of any kind, with its parameters. */
export type Fault = ${kindDocuments.map(({ name }) => name).join(' | ')};

/** Faults that apply in turn, one per request. The member is never there: it tells a list from a fault. */
export type FaultSequence = readonly Fault[] & { readonly kind?: never };
`,
    ],
    [
      'match.ts',
      file(
        [
          "import type { Reason } from '../../core/errors.js';",
          "import type { GrantType } from '../../core/model.js';",
          "import type { ProviderName } from '../../providers/index.js';",
          "import type { Endpoint } from '../../world/journal/entry.js';",
          "import type { OpenName } from '../../admin/schemas/open-name.js';",
          "import type { Fault } from './faults.js';",
        ],
        [match, expectation],
      ),
    ],
    [
      'scenario.ts',
      file(
        [
          "import type { GrantType } from '../../core/model.js';",
          "import type { RuleId } from '../../findings/rules/index.js';",
          "import type { ProviderName } from '../../providers/index.js';",
          "import type { OpenName } from '../../admin/schemas/open-name.js';",
          "import type { FaultRule } from './faults.js';",
          "import type { Expectation } from './match.js';",
          "import type { PolicyDocument } from './policy.js';",
          "import type { ProviderDocument } from './provider.js';",
          "import type { UserDocument } from './provider-parts.js';",
        ],
        scenario,
      ),
    ],
    ['provider-parts.ts', file([], providerParts)],
    [
      'provider.ts',
      `${file(
        [
          "import type { GrantType } from '../../core/model.js';",
          "import type { PolicyDocument } from './policy.js';",
          "import type { AnswerDocument, ProviderResource, TokenShape, UserDocument } from './provider-parts.js';",
        ],
        [provider],
      )}
/** A provider as a document, with its name: the first segment of its paths. */
export type NamedProvider = ProviderDocument & { readonly name: string };
`,
    ],
  ]);
}

const file = (imports: readonly string[], documents: readonly Document[]): string =>
  [head, `${imports.join('\n')}\n`, ...documents.map(interfaceText)].join('\n');

const interfaceText = ({ name, says, schema, members = {}, isTerse = false }: Document): string =>
  `${comment(says, '')}export interface ${name} {\n${membersText(schema, name, isTerse ? '' : says, members)}}\n`;

function membersText(
  { properties = {}, required = [] }: Schema,
  place: string,
  says: string,
  types: Readonly<Record<string, string>>,
): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      // the kind of a fault has the text of the kind
      const description = schema.const === undefined ? (schema.description ?? (says === '' ? '' : undefined)) : says;
      if (description === undefined) throw new Error(`the member ${name} of ${place} has no description`);
      const type = types[name] ?? typeOf(schema, `${place}.${name}`, description);
      const comments = description === '' ? '' : comment(description, '  ', says === '' ? longestNested : longestLine);
      return `${comments}  readonly ${memberName(name)}${required.includes(name) ? '' : '?'}: ${type};\n`;
    })
    .join('');
}

const memberName = (name: string): string => (/^[A-Za-z$_]\w*$/.test(name) ? name : JSON.stringify(name));

/** What a schema says about values of one type only. */
const keywordsOf: Readonly<Record<string, readonly (keyof Schema)[]>> = {
  string: ['enum'],
  array: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'patternProperties', 'additionalProperties'],
};

function typeOf(schema: Schema, place: string, says: string): string {
  if (Array.isArray(schema.type)) {
    const types = schema.type as readonly string[];
    const alternatives = types.map((type) => {
      const kept = Object.entries(schema).filter(([key]) => keywordsOf[type]?.some((each) => each === key));
      return typeOf({ ...(Object.fromEntries(kept) as Schema), type }, place, says);
    });
    return [...new Set(alternatives)].join(' | ');
  }
  const { properties, patternProperties, items, enum: values, anyOf, oneOf, minItems, maxItems } = schema;
  const name = names.get(properties);
  if (properties !== undefined && name !== undefined) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (values !== undefined) return isGrantType(values) ? 'GrantType' : literals(values);
  const alternatives = anyOf ?? oneOf;
  if (alternatives !== undefined) return alternatives.map((each) => typeOf(each, place, says)).join(' | ');
  if (items !== undefined) {
    const item = typeOf(items, place, says);
    if (minItems === 2 && maxItems === 2) return `readonly [${item}, ${item}]`;
    return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
  }
  if (properties !== undefined) {
    return `{\n${membersText(schema, place, says === '' || place.startsWith('Provider') ? '' : says, {})}}`;
  }
  const [value] = Object.values(patternProperties ?? {});
  if (value !== undefined) return `Readonly<Record<string, ${typeOf(value, place, says)}>>`;
  return schema.type === 'integer' ? 'number' : (schema.type ?? 'unknown');
}

const literals = (values: readonly unknown[]): string => values.map((each) => JSON.stringify(each)).join(' | ');

const isGrantType = (values: readonly unknown[]): boolean => isDeepStrictEqual(values, grantTypes);

/** Longest line of a comment, without its indentation. */
const longestLine = 112;

/** The same where members may be nested. */
const longestNested = 100;

function comment(text: string, indent: string, longest = longestLine): string {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replaceAll('*/', '*\\/').replace(/\.\.$/, '.');
  const lines = [''];
  for (const word of sentence.split(' ')) {
    const last = String(lines.at(-1));
    if (`${last} ${word}`.length > longest) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  const [only = ''] = lines;
  return lines.length === 1
    ? `${indent}/** ${only} */\n`
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

import fc from 'fast-check';
import { hostileJson } from './hostile.js';

/** The part of JSON Schema that the schemas of the admin API use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly then?: Schema;
  readonly else?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Valid texts for formats that a pattern does not describe. */
const formats: Readonly<Record<string, readonly string[]>> = {
  'bounded-duration': ['90s', '61m', '2h30m', '1d', 'PT15M', 'never', '0s', '1ms', '36500d'],
  instant: [
    '2026-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2026-06-30T23:59:59.999+14:00',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
  ],
  wait: ['0s', '1ms', '5ms'],
  'redirect-uri': [
    'http://localhost:3000/callback',
    'https://client.example.test/',
    'com.example:/callback',
    'http://[::1]:1/',
  ],
};

/** Existing names by the member that accepts them. Unknown names would be refused early. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** Values that are valid for a schema. With a `hostileWeight` above 0, some contain a hostile value. */
export function valuesOf(schema: unknown, known: Known, hostileWeight: number): fc.Arbitrary<unknown> {
  return build(schema as Schema, undefined, known, hostileWeight);
}

function build(schema: Schema, name: string | undefined, known: Known, hostileWeight: number): fc.Arbitrary<unknown> {
  const inside = (each: Schema, member?: string): fc.Arbitrary<unknown> => build(each, member, known, hostileWeight);
  const own =
    // a name and a document that fit each other
    name === 'definitions'
      ? fc.constantFrom(undefined, { own: { like: 'standard', title: 'Own' } })
      : named(schema, name, known, inside);
  return hostileWeight === 0
    ? own
    : fc.oneof({ weight: 100, arbitrary: own }, { weight: hostileWeight, arbitrary: hostileJson });
}

function named(
  schema: Schema,
  name: string | undefined,
  known: Known,
  inside: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  return name !== undefined &&
    Object.hasOwn(known, name) &&
    schema.format === undefined &&
    schema.enum === undefined &&
    schema.type !== 'object'
    ? fc.constantFrom(...(known[name] as readonly unknown[]))
    : plain(schema, inside, name);
}

function plain(
  schema: Schema,
  inside: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
  name: string | undefined,
): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf ?? (schema.then && schema.else ? [schema.then, schema.else] : undefined);
  if (either !== undefined) return fc.oneof(...either.map((each) => inside(each, name)));
  switch (schema.type) {
    case 'object':
      return objects(schema, inside).filter(
        (value) => Object.keys(value as object).length >= (schema.minProperties ?? 0),
      );
    case 'array':
      return fc.uniqueArray(inside(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: 3,
        selector: (item) => JSON.stringify(item),
      });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -5, -1e9), max: Math.min(schema.maximum ?? 1000, 1e9) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1e13, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects(
  { properties = {}, required = [], patternProperties = {}, additionalProperties }: Schema,
  inside: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const own = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, inside(schema, name)])),
    { requiredKeys: [...required] },
  );
  const [open] = [...Object.values(patternProperties), additionalProperties].filter((each) => typeof each === 'object');
  if (open === undefined) return own;
  return fc
    .tuple(
      own,
      fc.dictionary(
        fc.constantFrom('mailup', 'tinyemail', 'dottedsign', 'client.secret-wrong', 'x', '__proto__', 'constructor'),
        inside(open),
        { maxKeys: 2 },
      ),
    )
    .map(([a, b]) => ({ ...a, ...b }));
}

function texts({ format, pattern, minLength = 0, maxLength = 30 }: Schema): fc.Arbitrary<string> {
  const samples = formats[format ?? ''];
  if (samples !== undefined) return fc.constantFrom(...samples);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength);
  return fc.string({ minLength, maxLength: Math.min(maxLength, 30) });
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import { didYouMean, suggest } from './did-you-mean.js';
import { isBearable, isWait } from './duration.js';
import { isInstant } from './instant.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from 'typebox';
import type { Mistake } from './mistake.js';

/** A string format that a room defines for its own schemas. */
export interface Format {
  /** What is wrong with a text, or undefined where it is valid. */
  readonly mistake: (text: string) => string | undefined;
}

/** Checks a document against a schema. Returns every mistake at once; none means that the document has the schema's type. */
export type Check = (schema: TSchema, value: unknown) => Mistake[];

/** Maximum number of mistakes in one answer. */
const mostMistakes = 500;

/** Makes a check that knows these formats beside `instant`, `bearable` and `wait`. Schemas are compiled at first use. */
export function makeCheck(formats: Readonly<Record<string, Format>>): Check {
  const own = Object.entries(formats).map(([name, { mistake }]) => [
    name,
    (text: string) => mistake(text) === undefined,
  ]);
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    discriminator: true,
    formats: { instant: isInstant, bearable: isBearable, wait: isWait, ...(Object.fromEntries(own) as object) },
  });
  const compiled = new WeakMap<TSchema, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(schema);
      compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return tell((validate.errors as ErrorObject[]).slice(0, mostMistakes), formats);
  };
}

type Formats = Readonly<Record<string, Format>>;

function tell(errors: readonly ErrorObject[], formats: Formats): Mistake[] {
  // that a document fails a branch of its schema says nothing beside the mistakes that the branch found
  const mistakes = withoutNoise(errors.filter(({ keyword }) => keyword !== 'if')).map((error) =>
    mistakeOf(error, formats),
  );
  return mistakes.filter(
    (mistake, i) =>
      mistakes.findIndex(({ path, message }) => path === mistake.path && message === mistake.message) === i,
  );
}

/**
 * Of alternatives that all failed, those of another type are not what was meant: what the others complain of is told, and
 * where they do not look inside the value, the description of the whole.
 */
function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  // what is too long is a duration, and no other kind of value
  const isPlain = ({ keyword, params }: ErrorObject): boolean =>
    ['type', 'const', 'enum', 'pattern', 'format'].includes(keyword) && params.format !== 'bearable';
  const inside = (union: ErrorObject, error: ErrorObject): boolean =>
    error.schemaPath.startsWith(union.schemaPath.replace(/anyOf$/, 'anyOf/')) ||
    error.instancePath.startsWith(`${union.instancePath}/`);
  const telling = (union: ErrorObject): boolean =>
    errors.some(
      (error) =>
        error !== union && inside(union, error) && !(isPlain(error) && error.instancePath === union.instancePath),
    );
  const mistyped = new Set(
    errors.filter(({ keyword }) => keyword === 'type').map(({ schemaPath }) => schemaPath.replace(/type$/, '')),
  );
  const told = new Set(
    errors.filter(({ keyword }) => keyword === 'discriminator').map(({ instancePath }) => instancePath),
  );
  return errors.filter((error) => {
    // of another type it is none of the words either
    if (error.keyword !== 'type' && mistyped.has(error.schemaPath.slice(0, -error.keyword.length))) return false;
    if (error.keyword === 'anyOf') return !telling(error);
    // what tells alternatives apart is told with all that it may be
    if (error.keyword === 'required' && told.has(error.instancePath)) return false;
    return !unions.some((union) => error.instancePath === union.instancePath && inside(union, error) && isPlain(error));
  });
}

function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  const parts = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'additionalProperties') parts.push(String(params.additionalProperty));
  if (keyword === 'required') parts.push(String(params.missingProperty));
  if (keyword === 'discriminator') parts.push(String(params.tag));
  return parts.join('.');
}

/** A secret with a mistake in it is not repeated. */
function mistakeOf(error: ErrorObject, formats: Formats): Mistake {
  const path = pathOf(error);
  const message = messageOf(error, formats);
  return { path, message: /(^|\.)(secret|password)$/.test(path) ? message.replace(/, got [^]*$/, '') : message };
}

/** Not `String`: an object may have a member `toString` that is no function. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

type Words = (error: ErrorObject) => string;

const words: Readonly<Record<string, Words>> = {
  additionalProperties: ({ params, parentSchema }) => {
    const { properties } = parentSchema as { properties?: object };
    // names that are free within a pattern
    if (properties === undefined) return 'is no name that a member may have here';
    return `is not a member here${suggest(String(params.additionalProperty), Object.keys(properties))}`;
  },
  required: () => 'is required',
  type: ({ params, data }) => `expected ${article(String(params.type))}, got ${kindOf(data)}`,
  enum: ({ params, data }) => {
    const allowed = (params.allowedValues as unknown[]).map(String);
    return `expected one of ${allowed.join(', ')}, got ${JSON.stringify(data)}${didYouMean(textOf(data), allowed)}`;
  },
  const: ({ params, data }) => `expected ${JSON.stringify(params.allowedValue)}, got ${JSON.stringify(data)}`,
  discriminator: ({ params, parentSchema }) => {
    const { oneOf } = parentSchema as { oneOf: { properties: Record<string, { const: string }> }[] };
    const allowed = oneOf.map(({ properties }) => String(properties[String(params.tag)]?.const));
    const given = params.tagValue === undefined ? 'nothing' : JSON.stringify(params.tagValue);
    return `expected one of ${allowed.join(', ')}, got ${given}${didYouMean(textOf(params.tagValue), allowed)}`;
  },
  pattern: ({ parentSchema, data, params }) =>
    `${described(parentSchema, `text that matches ${String(params.pattern)}`)}, got ${JSON.stringify(data)}`,
  minItems: ({ params }) => `needs at least ${counted(params, 'item')}`,
  maxItems: ({ params }) => `has more than ${counted(params, 'item')}`,
  minProperties: ({ params }) => `needs at least ${counted(params, 'member')}`,
  maxProperties: ({ params }) => `has more than ${counted(params, 'member')}`,
  minLength: ({ params }) => `needs at least ${counted(params, 'character')}`,
  maxLength: ({ params }) => `has more than ${counted(params, 'character')}`,
  uniqueItems: ({ params }) => `has the same item at ${Number(params.i)} and at ${Number(params.j)}`,
  anyOf: ({ parentSchema, data }) => `${described(parentSchema, 'another kind of value')}, got ${kindOf(data)}`,
};

const counted = ({ limit }: ErrorObject['params'], noun: string): string =>
  `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`;

function messageOf(error: ErrorObject, formats: Formats): string {
  if (error.keyword === 'format') return formatWords(error, formats);
  return words[error.keyword]?.(error) ?? String(error.message);
}

function formatWords({ params, parentSchema, data }: ErrorObject, formats: Formats): string {
  const format = String(params.format);
  if (Object.hasOwn(formats, format)) {
    return `${JSON.stringify(data)} ${String(formats[format]?.mistake(String(data)))}`;
  }
  if (format === 'bearable') return 'is longer than 36500 days; for ever is called never';
  return `${described(parentSchema, format)}, got ${JSON.stringify(data)}`;
}

function described(schema: unknown, otherwise: string): string {
  const { description } = schema as { description?: string };
  return `expected: ${description ?? otherwise}`;
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${article(typeof value)} (${JSON.stringify(value)})`;
}

import { durationPattern } from './duration.js';
import { didYouMean, suggest } from './did-you-mean.js';
import { memberOf } from './members.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Mistake } from './mistake.js';

/** A string format that a module defines for its own schemas. */
export interface Format {
  /** The mistake in a text, or undefined if it is valid. */
  readonly mistake: (text: string) => string | undefined;
}

/** Formats by the name that schemas use. */
export type Formats = Readonly<Record<string, Format>>;

/** Writes an error of the validator as a mistake. The value of a secret is left out of the message. */
export function mistakeOf(error: ErrorObject, formats: Formats): Mistake {
  const path = pathOf(error);
  const message = messageOf(error, formats);
  return { path, message: /(^|\.)(secret|password)$/.test(path) ? message.replace(/, got [^]*$/, '') : message };
}

/** The member that an error is about. These keywords name it beside the path of the object around it. */
const memberParameter: ReadonlyMap<string, string> = new Map(
  Object.entries({
    additionalProperties: 'additionalProperty',
    required: 'missingProperty',
    discriminator: 'tag',
  }),
);

function pathOf({ instancePath, keyword, params }: ErrorObject): string {
  // RFC 6901 §3: JSON Pointer escapes "/" as "~1" and "~" as "~0"
  const parts = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const parameter = memberParameter.get(keyword);
  return [...parts, ...(parameter === undefined ? [] : [String(params[parameter])])].join('.');
}

/** Text of a value. `String` would throw for an object whose `toString` is not a function. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Longest part of a value that a message quotes, in characters. */
const quoteLimit = 500;

/** A value of the document as JSON; the beginning of a long one. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > quoteLimit ? `${text.slice(0, quoteLimit)}… (${text.length} characters)` : text;
}

/** Messages by JSON Schema keyword. */
const messages: ReadonlyMap<string, (error: ErrorObject) => string> = new Map(
  Object.entries<(error: ErrorObject) => string>({
    additionalProperties: ({ params, parentSchema, data }) => {
      const { properties } = parentSchema as { properties?: Properties };
      if (properties === undefined) return `is not a valid member name here; ${namesOf(parentSchema)}`;
      const name = String(params.additionalProperty);
      return `is not a member here${placeOf(name, memberOf(data, name), properties)}`;
    },
    required: () => 'is required',
    type: ({ params, data, parentSchema }) => {
      const { pattern } = parentSchema as { pattern?: string };
      const expected =
        pattern === durationPattern ? 'a duration such as 30s' : kindsIn(params.type as string | readonly string[]);
      return `expected ${expected}, got ${kindOf(data)}`;
    },
    enum: ({ params, data }) => {
      const allowed = (params.allowedValues as unknown[]).map(String);
      return `expected one of ${allowed.join(', ')}, got ${quoted(data)}${didYouMean(textOf(data), allowed)}`;
    },
    const: ({ params, data }) => `expected ${JSON.stringify(params.allowedValue)}, got ${quoted(data)}`,
    discriminator: ({ params, parentSchema }) => {
      const { oneOf } = parentSchema as { oneOf: { properties: Record<string, { const: string }> }[] };
      const allowed = oneOf.map(({ properties }) => String(properties[String(params.tag)]?.const));
      const given = params.tagValue === undefined ? 'nothing' : quoted(params.tagValue);
      return `expected one of ${allowed.join(', ')}, got ${given}${didYouMean(textOf(params.tagValue), allowed)}`;
    },
    pattern: ({ parentSchema, data, params }) =>
      `${described(parentSchema, `text that matches ${String(params.pattern)}`)}, got ${quoted(data)}`,
    minItems: ({ params }) => `needs at least ${counted(params, 'item')}`,
    maxItems: ({ params }) => `has more than ${counted(params, 'item')}`,
    minProperties: ({ params }) => `needs at least ${counted(params, 'member')}`,
    maxProperties: ({ params }) => `has more than ${counted(params, 'member')}`,
    minLength: ({ params }) => `needs at least ${counted(params, 'character')}`,
    maxLength: ({ params }) => `has more than ${counted(params, 'character')}`,
    uniqueItems: ({ params }) => `has the same item at ${Number(params.i)} and at ${Number(params.j)}`,
    anyOf: ({ parentSchema, data }) => {
      const words = (parentSchema as { anyOf: { const?: unknown }[] }).anyOf.flatMap((each) => each.const ?? []);
      const hint = didYouMean(textOf(data), words.map(textOf));
      return `${described(parentSchema, 'another kind of value')}, got ${kindOf(data)}${hint}`;
    },
  }),
);

/** The names that the schema of a record allows: it restricts them by a pattern, and says them in words. */
function namesOf(schema: unknown): string {
  const { propertyNames, patternProperties = {} } = schema as {
    propertyNames?: { description?: string };
    patternProperties?: object;
  };
  const patterns = Object.keys(patternProperties).join(' or ');
  return `expected: ${propertyNames?.description ?? `a name that matches ${patterns}`}`;
}

type Properties = Readonly<Record<string, { readonly properties?: object }>>;

/** Where a member that is unknown here belongs: a level higher or lower, or else the word that it is near. */
function placeOf(name: string, value: unknown, properties: Properties): string {
  const known = Object.keys(properties);
  // a query has an object as text
  const names = typeof value === 'object' ? Object.keys(value ?? {}) : [];
  const isLevelTooMuch = names.length > 0 ? names.every((each) => known.includes(each)) : /^\{[^}]/.test(String(value));
  if (isLevelTooMuch) return '; its members are given directly';
  const around = known.find((each) => Object.hasOwn(properties[each]?.properties ?? {}, name));
  const isNear = didYouMean(name, known) !== '';
  return around === undefined || isNear
    ? suggest(name, known)
    : `; did you mean ${JSON.stringify(`${around}.${name}`)}?`;
}

const counted = ({ limit }: ErrorObject['params'], noun: string): string =>
  `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`;

function messageOf(error: ErrorObject, formats: Formats): string {
  if (error.keyword === 'format') return formatMessage(error, formats);
  return messages.get(error.keyword)?.(error) ?? String(error.message);
}

function formatMessage({ params, parentSchema, data }: ErrorObject, formats: Formats): string {
  const format = String(params.format);
  if (Object.hasOwn(formats, format)) {
    return `${quoted(data)} ${String(formats[format]?.mistake(String(data)))}`;
  }
  if (format === 'bounded-duration') {
    // not every duration may be endless: the description of one that may be says so
    const isEndless = described(parentSchema, '').includes('never');
    return `is longer than 36500 days${isEndless ? '; write never for no limit' : ''}`;
  }
  return `${described(parentSchema, format)}, got ${quoted(data)}`;
}

function described(schema: unknown, otherwise: string): string {
  const { description } = schema as { description?: string };
  // a capital is for the start of a sentence; an abbreviation keeps it
  return `expected: ${(description ?? otherwise).replace(/^[A-Z](?=[a-z]*\b)/, (letter) => letter.toLowerCase())}`;
}

/** The kinds of value that a schema allows: `a text or an object` for two, `a string` for one. */
const kindsIn = (types: string | readonly string[]): string =>
  typeof types === 'string'
    ? article(types)
    : types.map((each) => article(each === 'string' ? 'text' : each)).join(' or ');

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${article(typeof value)} (${quoted(value)})`;
}

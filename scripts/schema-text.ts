import type { Schema } from './json-schema.js';

/** Schemas with their own section, by `placeKey`. Other places link to it. */
export type Places = ReadonlyMap<string, string>;

/** The key of a schema in `Places`: what it allows. Each place may describe it in its own words. */
export const placeKey = (schema: object): string => JSON.stringify({ ...schema, description: undefined });

export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
};

export const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const formats: Readonly<Record<string, string>> = {
  'date-time': 'a point in time',
  instant: 'a point in time',
  'redirect-uri': 'an absolute URI without a fragment',
};

/** What a value may be, in words. */
export function valueText(schema: Schema, places: Places): string {
  const place = places.get(placeKey(schema));
  if (place !== undefined) return place;
  const {
    type,
    format,
    items,
    enum: values,
    const: only,
    anyOf,
    oneOf,
    then,
    else: single,
    patternProperties,
  } = schema;
  if (only !== undefined) return code(only);
  if (values !== undefined) return values.map(code).join(', ');
  if (single !== undefined && then !== undefined) return `${valueText(single, places)}, or ${valueText(then, places)}`;
  const either = anyOf ?? oneOf;
  if (either !== undefined) return [...new Set(either.map((each) => valueText(each, places)))].join(', or ');
  if (items !== undefined) return `a list of: ${valueText(items, places)}`;
  if (patternProperties !== undefined) {
    return `members of any name: ${Object.values(patternProperties)
      .map((each) => valueText(each, places))
      .join(', ')}`;
  }
  if (format !== undefined && formats[format] !== undefined) return formats[format];
  return `${plain[type ?? 'any'] ?? String(type)}${bounds(schema)}`;
}

const plain: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true`, `false`',
  object: 'an object',
  null: '`null`',
  undefined: 'nothing',
  any: 'anything',
};

function bounds({ minimum, maximum }: Schema): string {
  if (minimum === undefined && maximum === undefined) return '';
  return maximum === undefined ? `, at least ${String(minimum)}` : ` from ${String(minimum)} to ${String(maximum)}`;
}

/** The members of an object, nested ones included: `clock.now`, `providers.*.clients[].id`. */
export function memberRows(schema: Schema, places: Places, prefix = ''): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = prefix + name;
    const needed = schema.required?.includes(name) === true ? 'yes' : '';
    const inner = places.has(placeKey(member)) ? [] : innerRows(member, places, path);
    return [[code(path), valueText(member, places), needed, member.description ?? ''], ...inner];
  });
}

function innerRows(schema: Schema, places: Places, path: string): string[][] {
  const { anyOf = [] } = schema;
  // objects that differ in what they leave out: the first has all members
  if (anyOf[0] !== undefined && anyOf.every(({ properties }) => properties !== undefined)) {
    return innerRows(anyOf[0], places, path);
  }
  if (schema.properties !== undefined) return memberRows(schema, places, `${path}.`);
  if (schema.items !== undefined && !places.has(placeKey(schema.items))) {
    return innerRows(schema.items, places, `${path}[]`);
  }
  return Object.values(schema.patternProperties ?? {}).flatMap((each) =>
    places.has(placeKey(each)) ? [] : innerRows(each, places, `${path}.*`),
  );
}

export function memberTable(schema: Schema, places: Places): string {
  return table(['member', 'value', 'required', ''], memberRows(schema, places));
}

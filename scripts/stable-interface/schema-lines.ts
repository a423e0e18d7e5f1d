import type { Schema } from '../json-schema.js';

/** `given`: users write it, so nothing more may be required. `answered`: users read it, so nothing may be missing. */
type Direction = 'given' | 'answered';

/**
 * The stable part of a schema, one fact a line: its members with their types, their values, and which members are
 * required of a user, or are always in an answer.
 */
export function schemaLines(schema: Schema, at: string, direction: Direction): string[] {
  return [...new Set(lines(schema, at, { direction, root: schema, inside: [] }))];
}

interface Place {
  readonly direction: Direction;
  readonly root: Schema;
  /** References that lead here: a schema that contains itself is described once. */
  readonly inside: readonly string[];
}

function lines(schema: Schema, at: string, place: Place): string[] {
  if (schema.$ref !== undefined) return referred(schema.$ref, at, place);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), schema.then, schema.else].filter((each) => !!each);
  const values = 'const' in schema ? [schema.const] : (schema.enum ?? []);
  return [
    ...values.map((value) => `${at} = ${JSON.stringify(value)}`),
    ...(values.length === 0 && parts.length === 0 ? [`${at}: ${schema.type ?? 'any'}`] : []),
    ...parts.flatMap((part) => lines(part, at, place)),
    ...members(schema, at, place),
    ...(schema.items === undefined ? [] : lines(schema.items, `${at}[]`, place)),
  ];
}

function members(schema: Schema, at: string, place: Place): string[] {
  const named = Object.entries(schema.properties ?? {});
  const others = [...Object.values(schema.patternProperties ?? {}), schema.additionalProperties].filter(
    (each) => typeof each === 'object',
  );
  const { required = [] } = schema;
  return [
    ...named.flatMap(([name, member]) => lines(member, `${at}.${name}`, place)),
    ...others.flatMap((member) => lines(member, `${at}.*`, place)),
    ...(place.direction === 'answered' ? required.map((name) => `${at}.${name} always`) : []),
    ...(place.direction === 'given' && named.length > 0 ? [`${at} needs ${required.toSorted().join(' ')}`.trim()] : []),
  ];
}

function referred(reference: string, at: string, place: Place): string[] {
  if (place.inside.includes(reference)) return [`${at}: as above`];
  const [, name = ''] = /^(?:#\/\$defs\/)?(.+)$/.exec(reference) ?? [];
  const found = place.root.$defs?.[name];
  if (found === undefined) throw new Error(`there is no schema ${reference}`);
  return lines(found, at, { ...place, inside: [...place.inside, reference] });
}

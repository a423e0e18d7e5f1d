/** A JSON Schema, as far as the schemas of a policy use it. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly description?: string;
  readonly items?: FieldSchema;
  readonly anyOf?: readonly FieldSchema[];
  readonly oneOf?: readonly FieldSchema[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly discriminator?: { readonly propertyName: string };
}

/** One shape of an object that has several: `{ mode: auto, user }`. */
export interface Variant {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly control: Control; readonly isRequired: boolean }[];
}

/** How a value is changed. */
export type Control =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'several'; readonly values: readonly (string | number)[]; readonly least: number }
  | { readonly kind: 'duration' }
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly words: readonly string[] }
  | { readonly kind: 'variants'; readonly member: string; readonly variants: readonly Variant[] }
  | { readonly kind: 'json' };

/** Chooses the control for a value. What no other control can change is changed as JSON. */
export function controlOf(schema: FieldSchema): Control {
  if (schema.enum !== undefined) return { kind: 'choice', values: schema.enum };
  if (schema.discriminator !== undefined) return variantsOf(schema.discriminator.propertyName, schema.oneOf ?? []);
  if (schema.anyOf !== undefined) return ofSeveral(schema.anyOf);
  if (schema.type === 'boolean') return { kind: 'switch' };
  if (schema.type === 'integer' || schema.type === 'number') return { kind: 'number', words: [] };
  if (schema.type === 'array') return listOf(schema);
  if (schema.type === 'string') return { kind: schema.format === 'bounded-duration' ? 'duration' : 'text' };
  return { kind: 'json' };
}

function listOf({ items, minItems = 0 }: FieldSchema): Control {
  return items?.enum === undefined ? { kind: 'json' } : { kind: 'several', values: items.enum, least: minItems };
}

/** A number, or one of a few words in its place. */
function ofSeveral(schemas: readonly FieldSchema[]): Control {
  const words = schemas.flatMap((each) => (each.const === undefined ? [] : [each.const]));
  const rest = schemas.filter((each) => each.const === undefined);
  return rest.length === 1 && rest[0]?.type === 'integer' ? { kind: 'number', words } : { kind: 'json' };
}

function variantsOf(member: string, schemas: readonly FieldSchema[]): Control {
  const variants = schemas.map(({ properties = {}, required = [] }) => ({
    name: properties[member]?.const ?? '',
    members: Object.entries(properties)
      .filter(([name]) => name !== member)
      .map(([name, schema]) => ({ name, control: controlOf(schema), isRequired: required.includes(name) })),
  }));
  return { kind: 'variants', member, variants };
}

/** Reads what was typed for a number: a whole number, or one of its words. Other text is sent as it is, and refused. */
export const numberOf = (text: string): string | number => (/^-?\d+$/.test(text.trim()) ? Number(text) : text.trim());

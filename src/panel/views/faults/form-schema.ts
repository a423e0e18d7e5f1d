import { capital } from '../../format.js';

/** A JSON Schema, as far as the form reads it. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly else?: JsonSchema;
}

/** The OpenAPI document, as far as the form reads it. */
export interface ApiDocument {
  readonly paths?: Readonly<
    Record<
      string,
      {
        readonly post?: {
          readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> };
        };
      }
    >
  >;
}

/**
 * How a field is filled in. `words`: texts with commas between them. `json`: an object or a list. `any`: JSON, or text
 * that is no JSON.
 */
export type FieldType = 'text' | 'number' | 'duration' | 'boolean' | 'choice' | 'words' | 'json' | 'any';

/** A member of a document as a field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly help: string | undefined;
  readonly isRequired: boolean;
  /** The values of a choice, in the order of the schema. */
  readonly choices: readonly (string | number)[];
}

/** A kind of fault as the schema describes it. */
export interface KindFields {
  readonly kind: string;
  /** What the client sees. */
  readonly sees: string;
  readonly fields: readonly FormField[];
}

/** The form of a fault rule. */
export interface RuleForm {
  readonly match: readonly FormField[];
  readonly until: readonly FormField[];
  /** All other members but the fault: how often, how long, with which probability. */
  readonly limits: readonly FormField[];
  readonly kinds: readonly KindFields[];
}

/** The formats of durations. */
const durations: ReadonlySet<string | undefined> = new Set(['wait', 'bounded-duration', 'duration']);

/** Reads the form from the description of the call that adds a fault. Undefined if that is not there. */
export function ruleFormOf({ paths }: ApiDocument): RuleForm | undefined {
  const rule = paths?.['/__admin/faults']?.post?.requestBody?.content?.['application/json']?.schema?.else;
  const { match, until, fault, ...limits } = rule?.properties ?? {};
  const kinds = fault?.else?.oneOf;
  if (match === undefined || kinds === undefined) return undefined;
  return {
    match: fieldsOf(match),
    until: fieldsOf(until),
    limits: fieldsOf({ properties: limits }),
    kinds: kinds.map((kind) => ({
      kind: String(kind.properties?.kind?.const),
      sees: kind.description ?? '',
      fields: fieldsOf(kind),
    })),
  };
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema = {}): readonly FormField[] {
  return Object.entries(properties)
    .filter(([, schema]) => schema.const === undefined)
    .map(([name, schema]) => ({
      name,
      label: labelOf(name),
      type: typeOf(schema),
      help: schema.description,
      isRequired: required.includes(name),
      choices: (schema.enum ?? []) as readonly (string | number)[],
    }));
}

function typeOf({ type, format, enum: choices, items }: JsonSchema): FieldType {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string') return durations.has(format) ? 'duration' : 'text';
  if (type === 'array' && items?.type === 'string') return 'words';
  return type === undefined ? 'any' : 'json';
}

/** The name of a member in words: `retryAfter` becomes `Retry after`. */
export function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ id$/, ' ID');
  return words === 'id' ? 'ID' : capital(words);
}

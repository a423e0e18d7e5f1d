import { ProviderSchema } from './schema/document.js';

/** The parts of a JSON Schema that say which members an object has. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/**
 * What a document says, as a text: equal for documents from which the same provider is made. The order of members that
 * the schema names does not count, and `$schema` is ignored. The order of other members counts: it is that of bodies,
 * headers and parameters on the wire.
 *
 * @param document a value that was not checked
 */
export function contentOf(document: unknown): string {
  const content = withMembersSorted(document, ProviderSchema as Schema);
  return JSON.stringify(isObject(content) ? { ...content, $schema: undefined } : content);
}

function withMembersSorted(value: unknown, { properties, patternProperties = {}, items = {} }: Schema): unknown {
  if (Array.isArray(value)) return value.map((item) => withMembersSorted(item, items));
  if (!isObject(value)) return value;
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, member]) => [name, withMembersSorted(member, memberSchema(properties, name))] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  }
  const [ofMembers] = Object.values(patternProperties);
  if (ofMembers === undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withMembersSorted(each, ofMembers)]));
}

const memberSchema = (properties: Readonly<Record<string, Schema>>, name: string): Schema =>
  (Object.hasOwn(properties, name) ? properties[name] : undefined) ?? {};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

import { memberOf } from '../../input/members.js';
import type { Realm } from '../../core/realm.js';
import type { Resource, ResourceRequest } from '../provider.js';
import type { ResourceDocument } from './schema/resource.js';

type Item = Readonly<Record<string, unknown>>;
type ListDocument = ResourceDocument & { readonly path: string; readonly list: NonNullable<ResourceDocument['list']> };
type Answer = ReturnType<Resource['answer']>;

/** Maximum number of items of a list in a world. */
const itemLimit = 1000;

/** Maximum size of an item, in characters of its JSON. */
const itemSize = 4 * 1024;

/** The name of the variable segment. It is no name that a document can have. */
const segment = 'the item';

/** The calls of a list that they can change. Each realm has its own items, which begin as the document says. */
export function listResources({ path, scopes, authentication, list }: ListDocument): Resource[] {
  const { key = 'id', items = [], in: member } = list;
  const lists = new WeakMap<Realm, Map<string, Item>>();
  const itemsOf = (realm: Realm): Map<string, Item> => {
    const known = lists.get(realm) ?? new Map(items.map((item) => [idOf(memberOf(item, key)), item]));
    lists.set(realm, known);
    return known;
  };
  const call = (
    method: Resource['method'],
    below: '' | '/',
    answer: (items: Map<string, Item>, request: ResourceRequest, id: string) => Answer,
  ): Resource => ({
    method,
    path: below === '' ? path : `${path}/:${segment}`,
    ...(scopes === undefined ? {} : { scopes }),
    ...(authentication === undefined ? {} : { authentication }),
    answer: (request) => answer(itemsOf(request.realm), request, request.params[segment] ?? ''),
  });
  const store = (items: Map<string, Item>, id: string, item: Item, status: number): Answer => {
    if (!items.has(id) && items.size >= itemLimit) {
      return problem(409, `the list has ${itemLimit} items, which is the limit`);
    }
    if (JSON.stringify(item).length > itemSize) return problem(413, `an item has at most ${itemSize} characters`);
    items.set(id, item);
    return { status, body: item };
  };
  const changed = (items: Map<string, Item>, { body }: ResourceRequest, id: string, isWhole: boolean): Answer => {
    const old = items.get(id);
    if (old === undefined) return missing(id);
    return store(items, id, { ...(isWhole ? {} : old), ...membersOf(body), [key]: memberOf(old, key) }, 200);
  };
  return [
    call('GET', '', (all) => ({ body: member === undefined ? [...all.values()] : { [member]: [...all.values()] } })),
    call('POST', '', (all, { body }) => {
      const sent = membersOf(body);
      const given = memberOf(sent, key) ?? nextId(all);
      const id = idOf(given);
      if (all.has(id)) return problem(409, `there is an item ${JSON.stringify(id)}`);
      return store(all, id, { [key]: given, ...sent }, 201);
    }),
    call('GET', '/', (all, _request, id) => ({
      body: all.get(id) ?? missing(id).body,
      ...(all.has(id) ? {} : { status: 404 }),
    })),
    call('PUT', '/', (all, request, id) => changed(all, request, id, true)),
    call('PATCH', '/', (all, request, id) => changed(all, request, id, false)),
    call('DELETE', '/', (all, _request, id) => (all.delete(id) ? { status: 204, body: '' } : missing(id))),
  ];
}

const idOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const problem = (status: number, message: string): Answer => ({ status, body: { message } });
const missing = (id: string): Answer => problem(404, `there is no item ${JSON.stringify(id)}`);

const membersOf = (body: unknown): Item =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Item) : {};

/** The number after the largest one. */
function nextId(items: ReadonlyMap<string, Item>): number {
  const numbers = [...items.keys()].map(Number).filter((id) => Number.isSafeInteger(id));
  return Math.max(0, ...numbers) + 1;
}

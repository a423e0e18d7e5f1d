import { pageOf, whole } from './paging.js';
import type { Resource, ResourceRequest } from './provider.js';

/** An item of a list, or any object of the API. */
export type Item = Readonly<Record<string, unknown>>;

/** A MailUp list: the items that `filterby` selects, and one page of them. PageNumber counts from 0. */
export function page(items: readonly Item[], { query }: Pick<ResourceRequest, 'query'>): Record<string, unknown> {
  // .NET ignores the letter case of parameter names. The statistics calls name the page number pageNum.
  const asked = new Map(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));
  const number = whole(asked.get('pagenumber') ?? asked.get('pagenum'), 0);
  const size = Math.max(1, whole(asked.get('pagesize'), 20));
  const selected = items.filter(filter(asked.get('filterby')));
  return {
    IsPaginated: selected.length > size,
    Items: pageOf(selected, number, size),
    PageNumber: number,
    PageSize: size,
    Skipped: number * size,
    TotalElementsCount: selected.length,
  };
}

/**
 * The condition of `filterby`: `Name=='News'` or `Name.Contains('News')`, with or without quotation marks around it.
 * Values are compared exactly, as MailUp's help page says. Any other expression selects every item.
 */
function filter(expression: unknown): (item: Item) => boolean {
  const found = /^"?(\w+)(==|\.Contains\()'([^']*)'\)?"?$/.exec(String(expression));
  if (found === null) return () => true;
  const [, name, operator, value] = found as unknown as readonly [string, string, string, string];
  const read = (item: Item): string => (Object.hasOwn(item, name) ? String(item[name]) : '');
  return operator === '==' ? (item) => read(item) === value : (item) => read(item).includes(value);
}

/** A call that answers with a page of a list. */
export const list = (
  path: string,
  items: readonly Item[] | ((request: ResourceRequest) => readonly Item[]),
): Resource => ({
  method: 'GET',
  path,
  answer: (request) => ({ body: page(typeof items === 'function' ? items(request) : items, request) }),
});

/** A call that answers with a value, which the request may determine. */
export const call = (
  method: Resource['method'],
  path: string,
  answer: (request: ResourceRequest) => unknown,
): Resource => ({ method, path, answer: (request) => ({ body: answer(request) }) });

/** A call that answers with the empty body, as MailUp does where there is nothing to say. */
export const silent = (method: Resource['method'], path: string): Resource => call(method, path, () => undefined);

/** The members of a JSON body. Nothing if the body is missing or no object. */
export function members(body: unknown): Item {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Item) : {};
}

/** A path parameter as the number that MailUp's ids are. */
export const idOf = ({ params }: ResourceRequest, name: string): number => whole(params[name], 0);

import { sentence } from './sentence.js';
import type { Row } from './row.js';

/** The filters that a list of entries has, by their name in the URL, with their word. */
export const filterWords = {
  provider: 'provider',
  endpoint: 'endpoint',
  grant: 'grant',
  client: 'client',
  status: 'status',
  reason: 'reason',
  flow: 'flow',
  text: 'text',
} as const;
/** The name of a filter in the URL. */
export type FilterName = keyof typeof filterWords;
/** All names of filters. */
export const filterNames = Object.keys(filterWords) as FilterName[];
/** The filters of the URL when none is set. */
export const noFilters = Object.fromEntries(filterNames.map((name) => [name, '']));
/** The filters that are set. */
export type RowFilter = Readonly<Partial<Record<FilterName, string>>>;

/** Whether a row passes. */
export type RowTest = (row: Row) => boolean;

/** The filters among the parameters of a URL. Blank ones are left out. */
export const filtersOf = (parameters: Readonly<Record<string, string>>): RowFilter =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = parameters[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** The status of a row as filters name it: `none` without an answer. */
export const statusOf = ({ status }: Row): string => (status === undefined ? 'none' : String(status));

/** A status: `401`, a class such as `4xx`, or `none`. */
function statusTest(wanted: string): RowTest {
  const digit = /^([1-5])xx$/i.exec(wanted)?.[1];
  if (digit === undefined) return (row) => statusOf(row) === wanted.toLowerCase();
  return (row) => statusOf(row).startsWith(digit);
}

const fingerprint = /^(?:fp:)?([\da-f]{12})$/i;

/** The fingerprint that a text is, with `fp:`. Undefined: it is another text. */
export function fingerprintIn(text: string): string | undefined {
  const digits = fingerprint.exec(text)?.[1];
  return digits === undefined ? undefined : `fp:${digits.toLowerCase()}`;
}

/**
 * Every word must occur somewhere: in what the list shows of the row, or in an id. Letter case is ignored.
 *
 * @param found ids of rows that pass in any case: a fingerprint occurs in whole entries, which rows are not
 */
function textTest(wanted: string, found?: ReadonlySet<number>): RowTest {
  const words = wanted.toLowerCase().split(/\s+/);
  return (row) => {
    const { id, request, explanation, reason, clientId, userId, flow, fault, grantType, endpoint, provider } = row;
    const { method, path, host } = request;
    const all = [sentence(row), explanation, reason, method, path, host, clientId, userId, grantType, endpoint]
      .concat(provider, `#${id}`, flow, fault?.id, fault?.kind)
      .join('\n')
      .toLowerCase();
    return found?.has(id) === true || words.every((word) => all.includes(word));
  };
}

const tests: Readonly<Record<FilterName, (wanted: string, found?: ReadonlySet<number>) => RowTest>> = {
  provider: (wanted) => (row) => row.provider === wanted,
  endpoint: (wanted) => (row) => row.endpoint === wanted,
  grant: (wanted) => (row) => row.grantType === wanted,
  client: (wanted) => (row) => row.clientId === wanted,
  status: statusTest,
  reason: (wanted) => (row) => row.reason === wanted,
  flow: (wanted) => (row) => row.flow === wanted,
  text: textTest,
};

/**
 * A test that a row passes if it passes all filters. Undefined without a filter: all rows pass.
 *
 * @param found ids of the entries that have the fingerprint that is searched
 */
export function testOf(filter: RowFilter, found?: ReadonlySet<number>): RowTest | undefined {
  const all = filterNames.flatMap((name) => {
    const wanted = filter[name];
    return wanted === undefined || wanted === '' ? [] : [tests[name](wanted, found)];
  });
  return all.length === 0 ? undefined : (row) => all.every((test) => test(row));
}

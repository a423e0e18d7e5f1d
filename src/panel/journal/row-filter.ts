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

/** Every word must occur somewhere: in what the list shows of the row, or in an id. Letter case is ignored. */
function textTest(wanted: string): RowTest {
  const words = wanted.toLowerCase().split(/\s+/);
  return (row) => {
    const { id, request, explanation, reason, clientId, userId, flow, fault, grantType, endpoint, provider } = row;
    const { method, path, host } = request;
    const all = [
      sentence(row),
      explanation,
      reason,
      method,
      path,
      host,
      clientId,
      userId,
      grantType,
      endpoint,
      provider,
    ]
      .concat(`#${id}`, flow, fault?.id, fault?.kind)
      .join('\n')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

const tests: Readonly<Record<FilterName, (wanted: string) => RowTest>> = {
  provider: (wanted) => (row) => row.provider === wanted,
  endpoint: (wanted) => (row) => row.endpoint === wanted,
  grant: (wanted) => (row) => row.grantType === wanted,
  client: (wanted) => (row) => row.clientId === wanted,
  status: statusTest,
  reason: (wanted) => (row) => row.reason === wanted,
  flow: (wanted) => (row) => row.flow === wanted,
  text: textTest,
};

/** A test that a row passes if it passes all filters. Undefined without a filter: all rows pass. */
export function testOf(filter: RowFilter): RowTest | undefined {
  const all = filterNames.flatMap((name) => {
    const wanted = filter[name];
    return wanted === undefined ? [] : [tests[name](wanted)];
  });
  return all.length === 0 ? undefined : (row) => all.every((test) => test(row));
}

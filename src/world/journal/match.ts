import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { MembersSchema, isSameValue, memberOf } from '../../input/members.js';
import { words } from '../../input/words.js';
import { endpoints } from './entry.js';
import { isAtPath, ownPath } from './provider-path.js';
import type { Static } from 'typebox';
import type { Provider } from '../../providers/provider.js';
import type { EntryView } from './entry-view.js';

const text = Type.String({ minLength: 1, maxLength: 1000 });

/** Conditions on a journal entry. An entry matches if all given members hold. */
export const MatchSchema = Type.Partial(
  Type.Object({
    provider: described('Name of the provider', text),
    endpoint: described('What was asked for: an endpoint of the protocol, or other', words(...endpoints)),
    grantType: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'The grant_type as the client sent it. It may be unknown',
    }),
    clientId: described('Id of the client', text),
    userId: described('Id of the user', text),
    method: Type.String({ minLength: 1, maxLength: 200, description: 'In upper case' }),
    path: Type.String({
      pattern: '^[/*]',
      maxLength: 1000,
      description:
        'a path that begins with / or *, without the prefixes /w/{world} and /{provider}; * matches any ' +
        'characters: /v1/members/*',
    }),
    status: described('Status of the answer', Type.Integer({ minimum: 100, maximum: 599 })),
    reason: described('Why the request was refused, such as code.expired', text),
    fault: Type.String({ minLength: 1, maxLength: 200, description: 'The kind of the fault that applied' }),
    query: described('Parameters of the query, by name', MembersSchema),
    form: described('Parameters of the body, by name', MembersSchema),
    headers: described('Headers, by name in any letter case', MembersSchema),
  }),
  { additionalProperties: false },
);

export type Match = Static<typeof MatchSchema>;

/** A member of a match that an entry does not meet. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Compares an entry of a world with these providers with a match. An empty list means that the entry matches. */
export function differences(match: Match, entry: EntryView, providers: readonly Provider[]): Difference[] {
  const { query, form, headers, path, ...plain } = match;
  const actual: Readonly<Record<string, unknown>> = {
    ...entry,
    method: entry.request.method,
    fault: entry.fault?.kind,
  };
  return [
    ...compare(plain, actual, ''),
    ...(path === undefined || isAtPath(path, entry, providers)
      ? []
      : [{ field: 'path', expected: path, actual: ownPath(entry) }]),
    ...compare(query, entry.request.query, 'query.'),
    ...compare(form, entry.request.form, 'form.'),
    ...compare(headers, entry.request.headers, 'headers.'),
  ];
}

function compare(
  expected: Readonly<Record<string, unknown>> | undefined,
  actual: unknown,
  prefix: string,
): Difference[] {
  return Object.entries(expected ?? {})
    .map(([name, value]) => ({ field: prefix + name, expected: value, actual: memberOf(actual, name) ?? null }))
    .filter((each) => each.expected !== undefined && !isSameValue(each.actual, each.expected))
    .map((each) => ({ ...each, actual: shortened(each.actual) }));
}

/** Maximum length of a value in a difference, in characters: a body can be long. */
const longestActual = 1000;

function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestActual ? `${text.slice(0, longestActual)}… (${text.length} characters)` : value;
}

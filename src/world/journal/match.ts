import { Type } from 'typebox';
import { words } from '../../input/words.js';
import { isAtPath, ownPath } from './provider-path.js';
import { Hider } from './redact.js';
import type { Static } from 'typebox';
import type { EntryView } from './entry-view.js';
import type { SecretsPolicy } from './redact.js';

const text = Type.String({ minLength: 1, maxLength: 1000 });

/** What an entry of the journal must be like, in terms of the protocol. Each member that is given must hold. */
export const MatchSchema = Type.Partial(
  Type.Object({
    provider: text,
    endpoint: words('authorize', 'login', 'consent', 'token', 'revoke', 'introspect', 'resource', 'other'),
    grantType: Type.String({ minLength: 1, maxLength: 1000, description: 'As the client sent it, known or not' }),
    clientId: text,
    userId: text,
    method: Type.String({ minLength: 1, maxLength: 200, description: 'In capital letters' }),
    path: Type.String({
      pattern: '^[/*]',
      maxLength: 1000,
      description:
        "a path that begins with / or *: the provider's own, without what stands before it; * stands for anything: /v1/members/*",
    }),
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    reason: text,
    fault: Type.String({ minLength: 1, maxLength: 200, description: 'The kind of the fault that spoilt it' }),
    query: Type.Record(Type.String(), Type.String(), { maxProperties: 50 }),
    form: Type.Record(Type.String(), Type.String(), { maxProperties: 50 }),
    headers: Type.Record(Type.String(), Type.String(), { maxProperties: 50 }),
  }),
  { additionalProperties: false },
);

export type Match = Static<typeof MatchSchema>;

/** A match as the journal shows secrets: whoever knows a token asks for it plain, or by its fingerprint. */
export function hideMatch({ query, form, headers, ...rest }: Match, policy: SecretsPolicy): Match {
  const hide = new Hider(policy);
  const members = (values: Match['query']): Match['query'] =>
    values && (hide.members(values) as Record<string, string>);
  const lowerCase =
    headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const plain = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, typeof value === 'string' ? hide.value(value) : value]),
  );
  const hidden = {
    query: members(query),
    form: members(form),
    headers: lowerCase && (hide.headers(lowerCase) as Record<string, string>),
  };
  return { ...plain, ...Object.fromEntries(Object.entries(hidden).filter(([, values]) => values !== undefined)) };
}

const whole = Type.Integer({ minimum: 0, maximum: 1_000_000 });

/** An expectation: so many entries match, or entries come in this order. */
export const ExpectationSchema = Type.Object(
  {
    match: Type.Optional(MatchSchema),
    count: Type.Optional(
      Type.Union(
        [
          whole,
          Type.Object(
            { atLeast: Type.Optional(whole), atMost: Type.Optional(whole) },
            { additionalProperties: false, minProperties: 1 },
          ),
        ],
        { description: 'a whole number, or { atLeast, atMost }; left out: at least 1' },
      ),
    ),
    order: Type.Optional(
      Type.Array(MatchSchema, {
        minItems: 2,
        maxItems: 50,
        description: 'Entries that must come one after the other, with anything in between',
      }),
    ),
  },
  { additionalProperties: false },
);

export type Expectation = Static<typeof ExpectationSchema>;

export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface Verdict {
  readonly passed: boolean;
  /** How many entries match; with `order`, how many of its steps were found. */
  readonly actual: number;
  readonly expected: { readonly atLeast: number; readonly atMost: number | null };
  readonly nearMisses: readonly { readonly entry: EntryView; readonly differences: readonly Difference[] }[];
  /** How many entries the journal has forgotten: they were not compared. */
  readonly dropped: number;
}

/** How many entries are shown where an expectation failed. */
const nearMissesShown = 3;

/** Where an entry is not as it must be; none means that it matches. */
export function differences(match: Match, entry: EntryView): Difference[] {
  const { query, form, headers, path, ...plain } = match;
  const actual: Readonly<Record<string, unknown>> = {
    ...entry,
    method: entry.request.method,
    fault: entry.fault?.kind,
  };
  return [
    ...compare(plain, actual, ''),
    ...(path === undefined || isAtPath(path, entry) ? [] : [{ field: 'path', expected: path, actual: ownPath(entry) }]),
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
  const found = (typeof actual === 'object' && actual !== null ? actual : {}) as Readonly<Record<string, unknown>>;
  return Object.entries(expected ?? {})
    .filter(([name, value]) => value !== undefined && !isSame(found[name], value))
    .map(([name, value]) => ({ field: prefix + name, expected: value, actual: found[name] ?? null }));
}

/** A number or a truth of a JSON body is compared as it is written. */
const isSame = (found: unknown, expected: unknown): boolean =>
  found === expected || ((typeof found === 'number' || typeof found === 'boolean') && String(found) === expected);

export const matchesEntry = (match: Match, entry: EntryView): boolean => differences(match, entry).length === 0;

/** Compares what was expected with what a journal still has, oldest first. Where both are given, count and order must hold. */
export function verify(
  expectation: Expectation,
  entries: readonly EntryView[],
  { dropped }: { readonly dropped: number },
): Verdict {
  return { ...judge(expectation, entries), dropped };
}

type Judgement = Omit<Verdict, 'dropped'>;

function judge({ match, count, order }: Expectation, entries: readonly EntryView[]): Judgement {
  // one of the two is there
  if (match === undefined) return verifyOrder(order as readonly Match[], entries);
  const counted = verifyCount(match, count, entries);
  const inOrder = order && verifyOrder(order, entries);
  return counted.passed && inOrder?.passed === false ? inOrder : counted;
}

function verifyCount(match: Match, count: Expectation['count'], entries: readonly EntryView[]): Judgement {
  const actual = entries.filter((entry) => matchesEntry(match, entry)).length;
  const { atLeast, atMost } = bounds(count);
  const passed = actual >= atLeast && actual <= atMost;
  return {
    passed,
    actual,
    expected: { atLeast, atMost: Number.isFinite(atMost) ? atMost : null },
    nearMisses: passed ? [] : nearMisses(match, entries, actual > atMost),
  };
}

/** What an expectation asks that nothing can meet: each entry names the member and the trouble. */
export function impossible({ match, count, order }: Expectation): { path: string; message: string }[] {
  if (match === undefined && order === undefined) return [{ path: 'match', message: 'is required, or order' }];
  if (match === undefined && count !== undefined) {
    return [{ path: 'count', message: 'stands without a match: order counts its own steps' }];
  }
  const { atLeast, atMost } = bounds(count);
  return atLeast > atMost ? [{ path: 'count', message: `expects at least ${atLeast} and at most ${atMost}` }] : [];
}

function bounds(count: Expectation['count']): { atLeast: number; atMost: number } {
  if (count === undefined) return { atLeast: 1, atMost: Infinity };
  if (typeof count === 'number') return { atLeast: count, atMost: count };
  return { atLeast: count.atLeast ?? 0, atMost: count.atMost ?? Infinity };
}

/** Too many: those that match. Too few: those that almost do, the nearest and newest first. */
function nearMisses(match: Match, entries: readonly EntryView[], tooMany: boolean): Verdict['nearMisses'] {
  return entries
    .map((entry) => ({ entry, differences: differences(match, entry) }))
    .filter(({ differences: found }) => (found.length === 0) === tooMany)
    .sort((a, b) => a.differences.length - b.differences.length || b.entry.id - a.entry.id)
    .slice(0, nearMissesShown);
}

function verifyOrder(order: readonly Match[], entries: readonly EntryView[]): Judgement {
  let step = 0;
  let after = 0;
  for (const [i, entry] of entries.entries()) {
    const wanted = order[step];
    if (wanted === undefined) break;
    if (matchesEntry(wanted, entry)) [step, after] = [step + 1, i + 1];
  }
  const missing = order[step];
  const expected = { atLeast: order.length, atMost: order.length };
  return {
    passed: missing === undefined,
    actual: step,
    expected,
    nearMisses: missing === undefined ? [] : nearMisses(missing, entries.slice(after), false),
  };
}

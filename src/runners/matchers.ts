import { entryText, findingLines } from './evidence.js';
import type { BriefEntryView, EntryFilter, Finding, FindingsOptions, RuleId, World } from '../library.js';

/** What a matcher tells its runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Selects the requests of one provider or client. An omitted member matches every request. */
export type RequestsOf = Pick<EntryFilter, 'provider' | 'clientId' | 'userId'>;

const inUrls: readonly RuleId[] = ['secret-in-url', 'token-in-url'];

/** Matchers over the journal and the findings of a world, for `expect.extend`. Each returns a promise. */
export const matchers = {
  /** No finding about the clients of the world. `severity: 'warning'` tolerates notes. */
  toHaveNoFindings: async (world: World, options?: FindingsOptions): Promise<MatcherResult> => {
    return judged('no findings', (await world.findings(options)).findings);
  },

  /** No secret and no token was in a URL. */
  toHaveSentNoSecretInUrl: async (world: World, options?: FindingsOptions): Promise<MatcherResult> => {
    const { findings } = await world.findings(options);
    return judged(
      'no secret in a URL',
      findings.filter(({ rule }) => inUrls.includes(rule)),
    );
  },

  /** Exactly one request for a refresh, and it succeeded. */
  toHaveRefreshedOnce: async (world: World, of?: RequestsOf): Promise<MatcherResult> => {
    return succeededOnce('one refresh', await grantsOf(world, 'refresh_token', of));
  },

  /** Exactly one request to exchange a code, and it succeeded. */
  toHaveExchangedOnce: async (world: World, of?: RequestsOf): Promise<MatcherResult> => {
    return succeededOnce('one exchange of a code', await grantsOf(world, 'authorization_code', of));
  },
};

/** The matchers as methods of what `expect(world)` returns. */
export type UnderstudyMatchers = {
  readonly [K in keyof typeof matchers]: (typeof matchers)[K] extends (
    world: World,
    ...more: infer More
  ) => Promise<MatcherResult>
    ? (...more: More) => Promise<void>
    : never;
};

const grantsOf = (world: World, grantType: string, of: RequestsOf = {}): Promise<BriefEntryView[]> =>
  world.journal.listBriefly({ ...of, endpoint: 'token', grantType });

function judged(expected: string, findings: readonly Finding[]): MatcherResult {
  return result(findings.length === 0, expected, findings.flatMap(findingLines));
}

function succeededOnce(expected: string, entries: readonly BriefEntryView[]): MatcherResult {
  const pass = entries.length === 1 && entries[0]?.status === 200;
  return result(pass, `${expected} that succeeds`, entries.map(entryText));
}

function result(pass: boolean, expected: string, found: readonly string[]): MatcherResult {
  const actual = found.length === 0 ? ['nothing'] : found;
  return { pass, message: () => [`expected ${pass ? 'not ' : ''}${expected}, found:`, ...actual].join('\n  ') };
}

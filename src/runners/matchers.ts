import { entryText, findingLines } from './evidence.js';
import { refuseNoWorld, refuseUnknownMembers } from './misuse.js';
import type { Members } from './misuse.js';
import type { WorldOptions } from './provider-of-test.js';
import type { BriefEntryView, EntryFilter, Finding, FindingsOptions, RuleId, World } from '../library.js';

/** What a matcher tells its runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Selects the requests of one provider or client. An omitted member matches every request. */
export interface RequestsOf {
  readonly provider?: WorldOptions['provider'];
  readonly clientId?: EntryFilter['clientId'];
  readonly userId?: EntryFilter['userId'];
}

const requestMembers: Members<RequestsOf> = { provider: true, clientId: true, userId: true };
const findingsMembers: Members<FindingsOptions> = { severity: true, suppress: true };
const inUrls: readonly RuleId[] = ['secret-in-url', 'token-in-url'];

/** Matchers over the journal and the findings of a world, for `expect.extend`. Each returns a promise. */
export const matchers = {
  /** No finding about the clients of the world. `severity: 'warning'` tolerates notes. */
  toHaveNoFindings: async (world: World, options: FindingsOptions = {}): Promise<MatcherResult> => {
    const findings = await findingsOf('toHaveNoFindings', world, options);
    return judged(findings, { expected: 'expected no findings', negated: 'expected a finding' });
  },

  /** No secret and no token was in a URL. */
  toHaveSentNoSecretInUrl: async (world: World, options: FindingsOptions = {}): Promise<MatcherResult> => {
    const findings = await findingsOf('toHaveSentNoSecretInUrl', world, options);
    return judged(
      findings.filter(({ rule }) => inUrls.includes(rule)),
      { expected: 'expected no secret in a URL', negated: 'expected a secret in a URL' },
    );
  },

  /** Exactly one request for a refresh, and it succeeded. */
  toHaveRefreshedOnce: async (world: World, of: RequestsOf = {}): Promise<MatcherResult> => {
    return succeededOnce('refresh', await grantsOf('toHaveRefreshedOnce', world, 'refresh_token', of));
  },

  /** Exactly one request to exchange a code, and it succeeded. */
  toHaveExchangedOnce: async (world: World, of: RequestsOf = {}): Promise<MatcherResult> => {
    return succeededOnce('exchange of a code', await grantsOf('toHaveExchangedOnce', world, 'authorization_code', of));
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

async function findingsOf(call: string, world: World, options: FindingsOptions): Promise<readonly Finding[]> {
  refuseNoWorld(call, world);
  refuseUnknownMembers(call, options, findingsMembers);
  return (await world.findings(options)).findings;
}

async function grantsOf(call: string, world: World, grantType: string, of: RequestsOf): Promise<BriefEntryView[]> {
  refuseNoWorld(call, world);
  refuseUnknownMembers(call, of, requestMembers);
  return await world.journal.listBriefly({ ...of, endpoint: 'token', grantType });
}

/** What was expected, of the matcher and of its negation by `.not`. */
interface Sentences {
  readonly expected: string;
  readonly negated: string;
}

function judged(findings: readonly Finding[], sentences: Sentences): MatcherResult {
  return result(findings.length === 0, sentences, findings.flatMap(findingLines));
}

function succeededOnce(what: string, entries: readonly BriefEntryView[]): MatcherResult {
  const pass = entries.length === 1 && entries[0]?.status === 200;
  const sentences = {
    expected: `expected one ${what} that succeeds`,
    negated: `expected anything but one ${what} that succeeds`,
  };
  return result(pass, sentences, entries.map(entryText));
}

function result(pass: boolean, { expected, negated }: Sentences, found: readonly string[]): MatcherResult {
  const actual = found.length === 0 ? ['nothing'] : found;
  return { pass, message: () => [`${pass ? negated : expected}, found:`, ...actual].join('\n  ') };
}

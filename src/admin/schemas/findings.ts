import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { formatNames } from '../../findings/formats/names.js';
import { severities } from '../../findings/severity.js';
import { words } from '../../input/words.js';
import { ExpectationSchema } from '../../world/journal/expectation.js';
import { SuppressionSchema } from '../../world/scenario/schema/suppression.js';
import { openName } from './open-name.js';
import { DifferenceSchema, ExpectedCount } from './verify.js';
import type { Reason } from '../../core/errors.js';
import type { ProviderName } from '../../providers/index.js';
import type { OpenName } from './open-name.js';
import type { RuleId } from '../../findings/rules/index.js';
import type { Static } from 'typebox';

const suppression = Type.String({ minLength: 1, maxLength: 2000 });

/** Query of the call that reports findings. */
export const ReportQuery = Type.Object(
  {
    format: Type.Optional(described('The format of the report. Default: json', words(...formatNames))),
    worlds: Type.Optional(
      Type.Unsafe<'all'>({
        ...words('all'),
        description: 'all: report on every world that got a request, also on those that ended; left out: on this world',
      }),
    ),
    severity: Type.Optional(
      Type.Unsafe<(typeof severities)[number]>({
        ...words(...severities),
        description: 'the lowest severity in the report; default: note, which includes every finding',
      }),
    ),
    failOn: Type.Optional(
      Type.Unsafe<(typeof severities)[number] | 'never'>({
        ...words(...severities, 'never'),
        description: 'the lowest severity that fails a JUnit test case; default: error',
      }),
    ),
    suppress: Type.Optional(
      Type.Union([suppression, Type.Array(suppression, { maxItems: 100 })], {
        description:
          'rule: reason. Findings of this rule are suppressed: listed separately, with the reason. ' +
          'Can be repeated',
      }),
    ),
  },
  { additionalProperties: false },
);

const requestMembers = {
  entry: Type.Integer({ description: 'Id of the journal entry' }),
  at: Type.String({ format: 'date-time', description: 'Virtual time' }),
  method: Type.String({ description: 'Method of the request' }),
  path: Type.String({ description: "The provider's own path, without the query" }),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: no answer' }),
  reason: Type.Unsafe<OpenName<Reason> | null>({
    ...Type.Union([Type.String(), Type.Null()]),
    description: 'Why the request was refused',
  }),
};
const request = Type.Object(requestMembers);
const linesOfEvidence = 'The entries of evidence, each in one line';
/** One request of a report in one line. */
export type RequestLine = Static<typeof request>;

const finding = {
  rule: Type.Unsafe<RuleId>({ type: 'string', 'x-names': 'finding', description: 'The id of the rule' }),
  severity: described('How serious it is', words(...severities)),
  verdict: Type.String({ description: 'What the client did wrong, in a sentence' }),
  clause: Type.String({ description: 'The section of the specification that it breaks' }),
  advice: Type.String({ description: 'What to change in the client' }),
  provider: openName<ProviderName>('Name of the provider'),
  clientId: Type.Union([Type.String(), Type.Null()], { description: 'Id of the client; null: unknown' }),
  userIds: Type.Array(Type.String(), { description: 'The users of the first occurrences; empty: unknown, or none' }),
  evidence: Type.Array(Type.Integer(), { description: 'Ids of the journal entries that prove it' }),
  requests: Type.Array(request, { description: linesOfEvidence }),
  count: Type.Integer({ description: 'Number of occurrences' }),
  cases: Type.Array(
    Type.Object({
      says: Type.String({ description: 'What happened, in a sentence' }),
      userIds: Type.Array(Type.String(), { description: 'The users whose access the requests asked for or used' }),
      evidence: Type.Array(Type.Integer(), { description: 'Ids of the journal entries that prove it' }),
      requests: Type.Array(
        Type.Object({
          ...requestMembers,
          role: Type.Optional(
            Type.String({ description: 'What the request did in this case; absent: all of them did the same' }),
          ),
        }),
        { description: linesOfEvidence },
      ),
      family: Type.Optional(Type.String({ description: 'Id of the token family in the lineage' })),
    }),
    { description: 'The first occurrences' },
  ),
};

/** A verdict on one client at one provider. */
export const FindingView = Type.Object(finding);
export type Finding = Static<typeof FindingView>;
/** One occurrence of a finding. */
export type FindingCase = Finding['cases'][number];

/** A finding that is known, and suppressed. */
export const SuppressedFindingView = Type.Object({
  ...finding,
  reason: Type.String({ description: 'Why it is suppressed' }),
});
export type SuppressedFinding = Static<typeof SuppressedFindingView>;

const namedEntry = {
  entry: Type.Integer({ description: 'Id of the journal entry' }),
  request: described('The request of the entry', request),
};

/** An expectation and its result. */
export const CheckedExpectationView = Type.Object({
  source: Type.Unsafe<'scenario' | 'verify'>({
    ...words('scenario', 'verify'),
    description: 'Its origin: the scenario, or a call of POST /__admin/verify',
  }),
  expectation: described('The expectation', ExpectationSchema),
  passed: Type.Boolean({ description: 'Whether the journal meets it' }),
  actual: Type.Integer({ description: 'Number of matching entries; with order, number of steps found' }),
  expected: described('The number of entries that it expects', ExpectedCount),
  matched: described(
    'The newest entries that match, at most three, oldest first. With order, those of the steps found',
    Type.Array(Type.Object(namedEntry)),
  ),
  nearMisses: described(
    'If too few match: the entries with the fewest differences, at most three',
    Type.Array(
      Type.Object({
        ...namedEntry,
        differences: Type.Array(DifferenceSchema, { description: 'Where it differs from the match' }),
      }),
    ),
  ),
});
export type CheckedExpectation = Static<typeof CheckedExpectationView>;

const summary = Type.Object({
  error: Type.Integer({ description: 'Number of findings of this severity' }),
  warning: Type.Integer({ description: 'Number of findings of this severity' }),
  note: Type.Integer({ description: 'Number of findings of this severity' }),
  suppressed: Type.Integer({ description: 'Number of suppressed findings' }),
  hidden: Type.Integer({ description: 'Findings below the requested severity' }),
  expectationsPassed: Type.Integer({ description: 'Number of expectations that are met' }),
  expectationsFailed: Type.Integer({ description: 'Number of expectations that are not met' }),
});

/** The findings and expectations of a world. */
export const ReportView = Type.Object({
  world: Type.String({ description: 'Id of the world' }),
  endedAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'Real time of the end of the world; absent: it has not ended' }),
  ),
  scenario: Type.Union([Type.String(), Type.Null()], { description: 'Name of its scenario; null: an inline scenario' }),
  at: Type.String({ format: 'date-time', description: 'Virtual time' }),
  judged: Type.Object({
    entries: Type.Integer({ description: 'Number of entries that were judged' }),
    dropped: Type.Integer({ description: 'Number of entries dropped because of the limit of the journal' }),
    note: Type.Optional(Type.String({ description: 'A warning if entries were dropped and not judged' })),
  }),
  refused: Type.Optional(
    Type.Object(
      {
        count: Type.Integer({ description: 'Number of refused requests' }),
        reasons: Type.Array(
          Type.Object({
            count: Type.Integer({ description: 'Number of requests that were refused for it' }),
            request: described('The first of these requests', request),
            entries: Type.Array(Type.Integer(), { description: 'Ids of the journal entries, the first ones' }),
            userIds: Type.Array(Type.String(), { description: 'The users of these entries' }),
            description: Type.Union([Type.String(), Type.Null()], {
              description: 'What is true of all of these requests; null: no reason is known',
            }),
            explanation: Type.String({
              description: "The journal's explanation of this request",
            }),
          }),
          { description: 'The most frequent reasons, each with its first request' },
        ),
        more: Type.Integer({ description: 'Number of further reasons' }),
      },
      { description: 'Requests that were refused, except by a fault; absent: none' },
    ),
  ),
  summary: described('How many of each', summary),
  findings: Type.Array(FindingView, { description: 'The findings that are not suppressed' }),
  suppressed: Type.Array(SuppressedFindingView, { description: 'Findings that are suppressed' }),
  unused: Type.Array(SuppressionSchema, { description: 'Suppressions that no finding matched' }),
  expectations: Type.Array(CheckedExpectationView, { description: 'Each expectation with its result' }),
});
export type Report = Static<typeof ReportView>;

const Judged = Type.Object({
  worlds: Type.Integer({ description: 'Number of worlds' }),
  entries: Type.Integer({ description: 'Number of entries that were judged' }),
  dropped: Type.Integer({ description: 'Number of entries dropped because of the limit of the journal' }),
});

/** The reports on all worlds that got a request. */
export const AllReportsView = Type.Object({
  judged: described('What was judged', Judged),
  forgotten: Type.Integer({ description: 'Number of ended worlds whose reports were not kept' }),
  summary: described('How many of each, in all worlds', summary),
  worlds: Type.Array(ReportView, { description: 'Worlds that ended, oldest first, then those that exist' }),
});
export type AllReports = Static<typeof AllReportsView>;

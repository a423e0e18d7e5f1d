import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import type { Static } from 'typebox';

const ids = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 200, description }));
const url = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 2000,
    description: `${description}, with a method before it if that is not GET`,
  });
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description }));

/** Body of the call that begins an exam. */
export const ExamBody = Type.Object(
  {
    provider: Type.String({ minLength: 1, maxLength: 100, description: 'Name of the provider' }),
    connect: url('The URL of the application that begins the flow'),
    call: url('The URL that makes the application use the API'),
    disconnect: Type.Optional(url('The URL that ends the connection')),
    only: ids('Ids of the checks that are made. Default: all of them'),
    skip: ids('Ids of checks that are left out'),
    group: ids('Groups of the checks that are made. Default: all of them'),
    repeat: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20, description: 'How often each check is made. Default: 1' }),
    ),
    timeout: Type.Optional(
      Type.String({
        format: 'wait',
        maxLength: 40,
        description:
          'a duration in real time, at most 10m: how long one answer of the application may take; default: 10s',
      }),
    ),
    client: Type.Optional(
      Type.Object(
        {
          id: text('Its client_id'),
          secret: text('Its client_secret'),
          redirectUri: text('Its redirect_uri'),
        },
        {
          additionalProperties: false,
          description: 'How the application is registered. Default: the first client of the world at the provider',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ExamOrder = Static<typeof ExamBody>;

/** Query of the call that reads an exam. */
export const ExamQuery = Type.Object(
  {
    brief: Type.Optional(
      Type.Unsafe<'true' | 'false'>({
        ...words('true', 'false'),
        description: 'true: checks without their requests. Default: false',
      }),
    ),
  },
  { additionalProperties: false },
);

const formats = ['text', 'json', 'junit', 'sarif', 'markdown', 'html'] as const;

/** Query of the call that writes the report of an exam. */
export const ExamReportQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Unsafe<(typeof formats)[number]>({
        ...words(...formats),
        description: 'The format of the report. Default: html',
      }),
    ),
    failOn: Type.Optional(
      Type.Unsafe<'error' | 'warning' | 'note' | 'never'>({
        ...words('error', 'warning', 'note', 'never'),
        description: 'the lowest severity that fails a JUnit test case; default: error',
      }),
    ),
  },
  { additionalProperties: false },
);
/** How a report is written, with the defaults in place. */
export type ExamReportOptions = Required<Static<typeof ExamReportQuery>>;

const verdicts = ['failed', 'unsteady', 'warned', 'not-seen', 'passed', 'not-applicable'] as const;
const groups = ['request', 'callback', 'token-request', 'token-answer', 'life', 'api', 'people', 'end'] as const;

const ExamRequestView = Type.Object({
  entry: Type.Integer({ description: 'Id of the journal entry, unique in its check' }),
  afterMs: Type.Number({ description: 'Real time since the start of the check, in milliseconds' }),
  endpoint: Type.String({ description: 'What was asked for: an endpoint of the protocol, or other' }),
  grantType: Type.Optional(Type.String({ description: 'The grant_type as the client sent it' })),
  method: Type.String({ description: 'Method of the request' }),
  path: Type.String({ description: "The provider's own path, without the query" }),
  query: Type.Record(Type.String(), Type.Unknown(), { description: 'Parameters of the query' }),
  form: Type.Optional(Type.Unknown({ description: 'Parameters of the body. Absent: the body is no form' })),
  status: Type.Optional(Type.Integer({ description: 'Absent: no answer, or only a part of one' })),
  explanation: Type.Optional(Type.String({ description: 'Why it was refused' })),
  fault: Type.Optional(Type.String({ description: 'The kind of the fault that was applied' })),
  location: Type.Optional(Type.String({ description: 'Where the answer redirects to, without its query' })),
});
export type ExamRequest = Static<typeof ExamRequestView>;

/** A check with its verdict. */
export const ExamCheckView = Type.Object({
  id: Type.String({ description: 'Id of the check' }),
  group: described('Its group', words(...groups)),
  title: Type.String({ description: 'What a good client does' }),
  clause: Type.String({ description: 'The section of the specification' }),
  severity: described('How serious it is', words('error', 'warning', 'note')),
  verdict: described('What was found out', words(...verdicts)),
  explanation: Type.String({ description: 'What the client did, or why there is no verdict' }),
  advice: Type.String({ description: 'What to change in the client' }),
  evidence: Type.Array(Type.Integer(), { description: 'Ids of the requests that prove the verdict' }),
  requests: Type.Array(ExamRequestView, { description: 'The requests of the check, oldest first: at most 60' }),
  durationMs: Type.Number({ description: 'Real time that the check took, in milliseconds' }),
  expected: Type.Optional(Type.String({ description: 'Why a failure is expected, if it is' })),
});
export type ExamCheck = Static<typeof ExamCheckView>;

const count = Type.Integer({ description: 'Number of checks with this verdict' });

/** The exam of a world: the one that runs, or else the last one. */
export const ExamView = Type.Object({
  status: Type.Unsafe<'none' | 'running' | 'ended' | 'stopped' | 'failed'>({
    ...words('none', 'running', 'ended', 'stopped', 'failed'),
    description: 'stopped: it was ended before its last check. failed: it could not be made, see failure',
  }),
  provider: Type.Optional(Type.String({ description: 'Name of the provider. Absent: there was no exam' })),
  startedAt: Type.Optional(Type.String({ format: 'date-time', description: 'Real time at which it began' })),
  done: Type.Integer({ description: 'Number of checks that are done' }),
  total: Type.Integer({ description: 'Number of all checks of this exam' }),
  current: Type.Union(
    [
      Type.Object({
        id: Type.String({ description: 'Id of the check' }),
        title: Type.String({ description: 'What a good client does' }),
      }),
      Type.Null(),
    ],
    { description: 'The check that runs; null: none, or the first flow, which is made before any check' },
  ),
  failure: Type.Optional(Type.String({ description: 'Why it could not be made' })),
  score: Type.Union([Type.Number(), Type.Null()], {
    description: 'From 0 to 100; null: it has not ended, or too little was seen to say',
  }),
  grade: Type.Union([words('A', 'B', 'C', 'D', 'F'), Type.Null()], { description: 'The grade; null as the score' }),
  counts: Type.Object(
    {
      failed: count,
      unsteady: count,
      warned: count,
      'not-seen': count,
      passed: count,
      'not-applicable': count,
    },
    { description: 'Number of checks by verdict' },
  ),
  checks: Type.Array(ExamCheckView, { description: 'The checks that are done, in the order in which they ran' }),
  notes: Type.Array(Type.String(), { description: 'Observations about the exam itself' }),
});
export type ExamState = Static<typeof ExamView>;

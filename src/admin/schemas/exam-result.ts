import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { grades, groups, verdicts } from './exam-words.js';
import type { Static, TSchema } from 'typebox';
import type { Verdict } from './exam-words.js';

const text = (description: string) => Type.String({ description });
const wholeNumber = (description: string) => Type.Integer({ minimum: 0, description });
const orNull = <T extends TSchema>(description: string, schema: T) =>
  described(description, Type.Union([schema, Type.Null()]));

const ExamRequestView = Type.Object({
  entry: wholeNumber('Id of the request, unique in its check: that of its journal entry'),
  afterMs: Type.Number({ description: 'Real time since the first of these requests, in milliseconds' }),
  endpoint: text('What was asked for: an endpoint of the protocol, or other'),
  grantType: Type.Optional(text('The grant_type as the client sent it')),
  method: text('Method of the request'),
  path: text("The provider's own path, without the query"),
  query: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Parameters of the query. Secrets are fingerprints',
  }),
  form: Type.Optional(
    Type.Unknown({ description: 'Parameters of the body. Secrets are fingerprints. Absent: the body is no form' }),
  ),
  status: Type.Optional(wholeNumber('Status of the answer. Absent: no answer, or only a part of one')),
  explanation: Type.Optional(text('Why it was refused')),
  fault: Type.Optional(text('The kind of the fault that was applied')),
  location: Type.Optional(text('Where the answer redirects to, without its query')),
});
export type ExamRequest = Static<typeof ExamRequestView>;

/** A check with its verdict. */
export const ExamCheckView = Type.Object({
  id: text('Id of the check'),
  group: described('Its group', words(...groups)),
  title: text('What a good client does'),
  clause: text('The section of the RFC, or the document of the provider'),
  severity: described('How serious a failure is', words('error', 'warning', 'note')),
  verdict: described('What was found out. unsteady: repetitions had different verdicts', words(...verdicts)),
  worst: Type.Optional(
    described('The worst verdict of the repetitions, which counts. Absent: all had the same', words(...verdicts)),
  ),
  explanation: text('What the client did, or why there is no verdict'),
  advice: text('What to change in the client'),
  evidence: Type.Array(Type.Integer(), { description: 'Ids of the requests that prove the verdict' }),
  requests: Type.Array(ExamRequestView, { description: 'Requests of the check, oldest first: at most 60' }),
  durationMs: wholeNumber('Real time that the check took, in milliseconds'),
  expected: Type.Optional(text('Why a failure is expected, if it is')),
});
export type ExamCheck = Static<typeof ExamCheckView>;

const count = wholeNumber('Number of checks with this verdict');
const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, count])) as Record<Verdict, typeof count>;

/** What is told of an exam while it runs and after its end. */
export const examMembers = {
  score: orNull(
    'From 0 to 100. Null: it did not end, a call succeeds without the token, or no check with points had a verdict',
    Type.Integer({ minimum: 0, maximum: 100 }),
  ),
  grade: orNull('The grade. Null: there is no score', words(...grades)),
  counts: Type.Object(counts, { description: 'Number of checks by verdict' }),
  checks: Type.Array(ExamCheckView, { description: 'The checks that are done, in the order in which they ran' }),
  notes: Type.Array(Type.String(), { description: 'Observations about the exam itself' }),
};

/** The JSON file of an exam: the result as the library returns it. Later versions may have more members. */
export const ExamResultSchema = Type.Object({
  provider: text('Name of the provider'),
  ...examMembers,
  interrupted: Type.Boolean({ description: 'Whether it was ended before its last check' }),
  callsProveNothing: Type.Boolean({ description: 'Whether a call succeeds without the token: calls were not judged' }),
  seed: text('Seed of its worlds'),
  startedAt: text('Real time at which it began, as ISO 8601'),
  durationMs: wholeNumber('Real time that it took, in milliseconds'),
  version: text('Version of Understudy'),
});
export type ExamDocument = Static<typeof ExamResultSchema>;

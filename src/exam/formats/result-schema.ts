import { Type } from 'typebox';
import { severities } from '../../findings/severity.js';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { groups } from '../check.js';
import { grades } from '../grade.js';
import { verdicts } from '../verdict.js';
import type { Static, TSchema } from 'typebox';

const text = (description: string) => Type.String({ description });
const wholeNumber = (description: string) => Type.Integer({ minimum: 0, description });
const orNull = <T extends TSchema>(description: string, schema: T) =>
  described(description, Type.Union([schema, Type.Null()]));
const anyMembers = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

const RequestSchema = Type.Object({
  entry: wholeNumber('Id of the request, unique in its check'),
  afterMs: Type.Number({ description: 'Real time since the first request of the check, in milliseconds' }),
  endpoint: text('What was asked for: an endpoint of the protocol, or other'),
  grantType: Type.Optional(text('Grant type of a token request')),
  method: text('Method'),
  path: text('Path'),
  query: anyMembers('Parameters of the query. Secrets are fingerprints'),
  form: Type.Optional(Type.Unknown({ description: 'Parameters of the body. Secrets are fingerprints' })),
  status: Type.Optional(wholeNumber('Status of the answer. Absent: no answer, or only a part of one')),
  explanation: Type.Optional(text('Why it was refused')),
  fault: Type.Optional(text('Kind of the fault that was applied')),
  location: Type.Optional(text('Where the answer redirects to')),
});

const CheckResultSchema = Type.Object({
  id: text('Id of the check'),
  group: described('Group of the check', words(...groups)),
  title: text('What a good client does'),
  clause: text('Section of the RFC, or the document of the provider'),
  severity: described('How severe a failure is', words(...severities)),
  verdict: described('unsteady: repetitions had different verdicts', words(...verdicts)),
  explanation: text('What the client did, or why there is no verdict'),
  advice: text('What to change in the client'),
  evidence: Type.Array(Type.Integer(), { description: 'Ids of the requests that prove the verdict' }),
  requests: Type.Array(RequestSchema, { description: 'Requests of the check, oldest first: at most 60' }),
  durationMs: wholeNumber('Real time that the check took, in milliseconds'),
  expected: Type.Optional(text('Why a failure is expected, if it is')),
});

const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, wholeNumber(`Checks with this verdict`)]));

/** The JSON file of an exam: the result as the library returns it. Later versions may have more members. */
export const ExamResultSchema = Type.Object({
  provider: text('Name of the provider'),
  score: orNull('Score. Null: too little was seen', Type.Integer({ minimum: 0, maximum: 100 })),
  grade: orNull('Grade. Null: too little was seen', words(...grades)),
  counts: Type.Object(counts as Record<(typeof verdicts)[number], ReturnType<typeof wholeNumber>>, {
    description: 'Number of checks by verdict',
  }),
  checks: Type.Array(CheckResultSchema, { description: 'Checks that were made, in the order in which they ran' }),
  notes: Type.Array(Type.String(), { description: 'Observations about the exam itself' }),
  interrupted: Type.Boolean({ description: 'Whether it was ended before its last check' }),
  callsProveNothing: Type.Boolean({ description: 'Whether a call succeeds without the token: calls were not judged' }),
  seed: text('Seed of its world'),
  startedAt: text('Real time at which it began, as ISO 8601'),
  durationMs: wholeNumber('Real time that it took, in milliseconds'),
  version: text('Version of Understudy'),
});
export type ExamDocument = Static<typeof ExamResultSchema>;

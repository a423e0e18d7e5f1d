import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { examMembers } from './exam-result.js';
import { examFormatNames } from './exam-words.js';
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

/** Query of the call that writes the report of an exam. */
export const ExamReportQuery = Type.Object(
  {
    format: Type.Optional(described('The format of the report. Default: html', words(...examFormatNames))),
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
  ...examMembers,
});
export type ExamState = Static<typeof ExamView>;

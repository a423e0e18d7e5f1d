import { Type } from 'typebox';
import { examFormatNames } from '../exam/formats/names.js';
import { described } from '../input/described.js';
import type { Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description }));
const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 500, description }));

/** Failures that are known: ids of checks, each with a reason. */
export const ExpectedFailuresSchema = Type.Array(
  Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: 200, description: 'Id of the check' }),
      reason: Type.String({ minLength: 1, maxLength: 2000, description: 'Why it may fail' }),
    },
    closed,
  ),
  { maxItems: 500, description: 'Failures that do not fail the run. One that passes by now does' },
);

const Login = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 2000, description: 'The login page of the application itself' }),
    fields: Type.Optional(
      Type.Record(Type.String(), Type.String({ maxLength: 2000 }), {
        maxProperties: 50,
        description: 'Its fields by name; {person} in a value becomes ada or grace',
      }),
    ),
  },
  closed,
);

const Reports = Type.Object(
  Object.fromEntries(examFormatNames.map((name) => [name, text(`The file for the result as ${name}`)])),
  closed,
);

/** A file with the options of an exam. The command line wins over it. */
export const ExamFileSchema = Type.Object(
  {
    $schema: text('The URL or the path of this schema, for editors'),
    provider: text('The provider whose client is examined'),
    connect: text('URL of the application that begins a flow; a method may precede it'),
    call: text('URL that makes the application use the API'),
    disconnect: text('URL that ends the connection'),
    connectCommand: text('Command of the shell that connects, in place of connect'),
    callCommand: text('Command of the shell that uses the API, in place of call'),
    disconnectCommand: text('Command of the shell that ends the connection, in place of disconnect'),
    command: text('Command of the shell that starts the application, in the environment of `understudy run`'),
    ready: text('URL that answers with a status below 500 when the application is ready'),
    readyTimeout: text('Maximum time until the application is ready; default: 30s'),
    login: Type.Optional(described('How a browser logs in at the application itself, before its first flow', Login)),
    clientId: text('client_id of a client of your own'),
    clientSecret: text('Its secret'),
    redirectUri: text('Its redirect_uri'),
    scenario: text('The scenario on which the worlds of the checks build'),
    providers: text('Folder of provider files'),
    shelf: texts('Providers of the shelf to serve as well'),
    port: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 65_535, description: 'Port of the server; 0 picks a free port' }),
    ),
    only: texts('Checks to make, by id'),
    skip: texts('Checks to leave out'),
    group: texts('Groups of checks to make'),
    repeat: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'How often each check is made' })),
    timeout: text('Maximum time of one answer of the application; default: 10s'),
    success: text('Statuses of a call that succeeded; default: 2xx'),
    seed: text('Seed of the worlds of the checks; default: exam'),
    failOn: text('Lowest severity of failed checks that fails the run; default: error'),
    reports: Type.Optional(described('Files to write the result to, by format', Reports)),
    expectedFailures: Type.Optional(ExpectedFailuresSchema),
  },
  closed,
);

/** A file with the options of an exam. */
export type ExamFile = Static<typeof ExamFileSchema>;
/** Failures that are known. */
export type ExpectedFailures = Static<typeof ExpectedFailuresSchema>;

import { Type } from 'typebox';
import { ComparisonSchema } from './comparison.js';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { MatchSchema } from '../../world/journal/match.js';
import { Paging, listOf } from './list.js';
import { openName } from './open-name.js';
import type { Static, TSchema } from 'typebox';
import type { Reason } from '../../core/errors.js';
import type { GrantType } from '../../core/model.js';
import type { Fault } from '../../faults/kinds/index.js';
import type { ProviderName } from '../../providers/index.js';
import type { Endpoint } from '../../world/journal/entry.js';

/** Maximum time of a waiting call, in seconds, because it keeps a connection open. */
export const longestCallSeconds = 60;

const { query: _query, form: _form, headers: _headers, ...plain } = MatchSchema.properties;
const members = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 10_000, description: `${what}, by name, as a JSON object: {"name":"value"}` }),
  );
/** A match as members of a query: the parts that have members of their own are written as JSON. */
const filter = {
  ...plain,
  query: members('Parameters of the query'),
  form: members('Parameters of the body'),
  headers: members('Headers'),
  since: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'an entry id, for entries after it; or a point in virtual time',
    }),
  ),
};

/** Selects entries. */
export const JournalFilterSchema = Type.Object(filter, { additionalProperties: false });
export type JournalFilter = Static<typeof JournalFilterSchema>;

const Brief = Type.Optional(
  Type.Unsafe<'true' | 'false'>({
    ...words('true', 'false'),
    description: 'true: entries without headers, parameters, bodies, facts and notes. Default: false',
  }),
);

/** Query of the call that lists entries. */
export const JournalQuery = Type.Object(
  {
    ...filter,
    brief: Brief,
    order: Type.Optional(
      Type.Unsafe<'oldest' | 'newest'>({
        ...words('oldest', 'newest'),
        description: 'Which entry comes first. Default: oldest',
      }),
    ),
    ...Paging,
  },
  { additionalProperties: false },
);

/** Query of the call that streams entries. */
export const StreamQuery = Type.Object({ ...filter, brief: Brief }, { additionalProperties: false });

/** Query of the call that waits for an entry. */
export const WaitQuery = Type.Object(
  {
    ...filter,
    timeout: Type.Optional(
      Type.String({
        maxLength: 40,
        description: `a duration in real time, at most ${longestCallSeconds}s; default: 5s`,
      }),
    ),
  },
  { additionalProperties: false },
);

/** One request, with the real reason of a refusal. Secrets are fingerprints, unless the world shows secrets plain. */
export const EntrySchema = Type.Object({
  id: Type.Integer({ description: 'Number of the entry in its world' }),
  at: Type.String({ format: 'date-time', description: 'Virtual time' }),
  realAt: Type.String({ format: 'date-time', description: 'Real time' }),
  provider: Type.Optional(openName<ProviderName>('Name of the provider. Absent: the URL names none')),
  endpoint: openName<Endpoint>('What was asked for: an endpoint of the protocol, or other'),
  grantType: Type.Optional(openName<GrantType>('The grant_type as the client sent it')),
  clientId: Type.Optional(Type.String({ description: 'Id of the client, if it is known' })),
  userId: Type.Optional(Type.String({ description: 'Id of the user, if it is known' })),
  flow: Type.Optional(
    Type.String({
      description:
        'The same in all entries of one flow: an authorization request, its pages, the exchange of its code, and the ' +
        'use of its tokens. It is the id of the first entry, or of the grant if no request began the flow. Absent if ' +
        'the request belongs to no flow',
    }),
  ),
  request: Type.Object(
    {
      method: Type.String({ description: 'Method of the request' }),
      scheme: Type.Optional(
        Type.Union([Type.Literal('http'), Type.Literal('https')], { description: 'Whether it came over TLS' }),
      ),
      host: Type.Optional(Type.String({ description: 'The host that was asked for' })),
      proxied: Type.Optional(Type.Literal(true, { description: 'The request came by the forward proxy' })),
      path: Type.String({ description: "The provider's own path, without the query" }),
      query: Type.Record(Type.String(), Type.Unknown(), { description: 'Parameters of the query' }),
      headers: Type.Record(Type.String(), Type.Unknown(), { description: 'Headers, by name in lower case' }),
      form: Type.Optional(Type.Unknown({ description: 'The body, parsed' })),
    },
    { description: 'The request as it arrived' },
  ),
  response: Type.Optional(
    Type.Object(
      {
        status: Type.Integer({ description: 'Status of the answer' }),
        headers: Type.Record(Type.String(), Type.Unknown(), { description: 'Headers, by name in lower case' }),
        body: Type.Optional(Type.Unknown({ description: 'The body, parsed if it is JSON' })),
      },
      {
        description: 'Absent while the request is in progress, or if the connection was closed without an answer',
      },
    ),
  ),
  status: Type.Optional(Type.Integer({ description: 'Status of the answer' })),
  reason: Type.Optional(openName<Reason>('Why the request was refused')),
  facts: Type.Optional(Type.Unknown({ description: 'Values that belong to the reason' })),
  explanation: Type.Optional(Type.String({ description: 'The reason as a sentence, with its values' })),
  notes: Type.Array(Type.String(), { description: 'Other observations about the request' }),
  fault: Type.Optional(
    Type.Object(
      {
        id: Type.String({ description: 'Id of the rule' }),
        kind: openName<Fault['kind']>('Kind of the fault'),
        replaced: Type.Optional(
          Type.Literal(true, { description: 'The provider did not handle the request: it had no effect' }),
        ),
      },
      { description: 'The fault that was applied' },
    ),
  ),
  durationMs: Type.Optional(Type.Number({ description: 'Absent while the request is in progress' })),
  failure: Type.Optional(Type.String({ description: 'Why the rest of the entry is not shown' })),
});
export type EntryView = Static<typeof EntrySchema>;

/** An entry that was asked for by its id. */
export const OneEntrySchema = Type.Object({
  ...EntrySchema.properties,
  comparison: Type.Optional(
    described('What was expected, and what came. Absent if the reason compares nothing', ComparisonSchema),
  ),
});
export type OneEntryView = Static<typeof OneEntrySchema>;

const { request: WholeRequest, response: _response, facts: _facts, notes: _notes, ...brief } = EntrySchema.properties;
const { method, host, path } = WholeRequest.properties;

/** An entry in a list that was asked for in brief. */
export const BriefEntrySchema = Type.Object({
  ...brief,
  request: described('The request without its parameters', Type.Object({ method, host, path })),
});
export type BriefEntryView = Static<typeof BriefEntrySchema>;

const pageOf = <T extends TSchema>(entry: T) =>
  Type.Object({
    ...listOf({ entries: Type.Array(entry, { description: 'The entries that match' }) }).properties,
    dropped: Type.Integer({ description: 'Number of entries dropped because of the limit of the journal' }),
    beganAt: Type.String({
      format: 'date-time',
      description:
        'Real time at which the journal began. It begins anew, with entry 1, when its world is made again, reset or ' +
        'given another scenario: with another beganAt, the same id is another request',
    }),
  });

/** A page of the journal. */
export const EntriesView = pageOf(Type.Union([EntrySchema, BriefEntrySchema]));

/** A page of the journal with entries as they were asked for: whole, or in brief. */
export interface EntryList<Entry = EntryView> extends Omit<Static<typeof EntriesView>, 'entries'> {
  readonly entries: Entry[];
}

import { Type } from 'typebox';
import { described } from '../input/described.js';
import { grantTypes } from '../core/model.js';
import { everywhere } from './fault.js';
import { durationPattern } from '../input/duration.js';
import { MembersSchema } from '../input/members.js';
import { words } from '../input/words.js';
import { endpointsWith, kindOf, kinds } from './kinds/index.js';
import type { Static } from 'typebox';
import type { Members } from '../input/members.js';
import type { FaultEndpoint, Moment } from './fault.js';
import type { Fault } from './kinds/index.js';

const idPattern = '^[A-Za-z0-9._-]{1,64}$';
const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 200 });

/** One fault, of any kind. */
export const FaultSchema = Type.Unsafe<Fault>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: kinds.map(({ schema }) => schema),
});

/** Maximum number of faults in a sequence. */
export const longestSequence = 100;

const members = (description: string) => Type.Unsafe<Members>({ ...MembersSchema, description });

/** The requests that a rule applies to, in terms of the protocol. Absent members match anything. */
export const MatchSchema = Type.Object(
  {
    provider: Type.Optional(described('Name of the provider', text)),
    endpoint: Type.Optional(described('The endpoint that is asked', words(...everywhere))),
    grantType: Type.Optional(described('The grant type of a token request', words(...grantTypes))),
    clientId: Type.Optional(described('Id of the client', text)),
    userId: Type.Optional(described('Id of the user', text)),
    path: Type.Optional(
      Type.String({
        pattern: '^[/*]',
        maxLength: 1000,
        description: "The provider's own path; * matches any text: /v1/members/*",
      }),
    ),
    method: Type.Optional(
      described('Method of the request', words('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS')),
    ),
    query: Type.Optional(members('Parameters of the query, by name')),
    form: Type.Optional(members('Parameters of the body, by name')),
    headers: Type.Optional(members('Headers, by name in any letter case')),
  },
  closed,
);

/** Conditions on a request. */
export type Match = Static<typeof MatchSchema>;

/** A rule: which requests it applies to, how often, and with which fault. */
export const RuleSchema = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: idPattern,
        description: 'At most 64 letters, digits, dots, hyphens and underscores; left out: the server chooses one',
      }),
    ),
    match: described('The requests that it applies to', MatchSchema),
    skip: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'Number of matching requests that pass before the fault applies',
      }),
    ),
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'Number of requests that the fault applies to; left out: no limit, or a list once',
      }),
    ),
    probability: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: "Probability that the fault applies to a matching request; drawn from the world's seed",
      }),
    ),
    for: Type.Optional(
      Type.String({
        pattern: durationPattern,
        format: 'bounded-duration',
        maxLength: 64,
        description:
          "a duration of the world's clock: 30s, 5m, 1h. The rule ends this long after the first request that the " +
          'fault applies to',
      }),
    ),
    until: Type.Optional(
      Type.Unsafe<Match>({
        ...MatchSchema,
        description: 'The rule ends when a request that matches this arrives: { endpoint: token }',
      }),
    ),
    // Not a union: a wrong fault should report its own mistakes, not also that it is not a list.
    fault: Type.Unsafe<Fault | readonly Fault[]>({
      description: 'One fault, or a list of faults that apply in turn, one per request',
      if: { type: 'array' },
      then: { type: 'array', minItems: 1, maxItems: longestSequence, items: FaultSchema },
      else: FaultSchema,
    }),
  },
  closed,
);

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Endless = Type.Union([Count, Type.Null()], { description: 'Null: no limit' });

/** A rule with its counters. */
export const RuleStateSchema = Type.Object(
  {
    ...RuleSchema.properties,
    id: Type.String({
      pattern: idPattern,
      description: 'Id of the rule: at most 64 letters, digits, dots, hyphens and underscores',
    }),
    skip: described('Number of matching requests that pass before the fault applies', Count),
    times: Endless,
    seen: described('Matching requests to which no earlier rule applied', Count),
    hits: described('Requests that the fault applied to', Count),
    remaining: Endless,
    waiting: described('Requests that wait in its queue', Count),
    endsAt: Type.Optional(
      Type.String({
        format: 'instant',
        maxLength: 64,
        description: 'Virtual time at which `for` ends the rule; left out until the fault has applied once',
      }),
    ),
    ended: Type.Boolean({ description: 'Whether `times`, `for` or `until` has ended the rule' }),
  },
  closed,
);

/** A rule with its counters in a snapshot. Snapshots without `ended` are older than `for` and `until`. */
export const StoredRuleSchema = Type.Object(
  { ...RuleStateSchema.properties, ended: Type.Optional(RuleStateSchema.properties.ended) },
  closed,
);

export type Rule = Static<typeof RuleSchema>;
export type StoredRule = Static<typeof StoredRuleSchema>;
export type RuleState = Static<typeof RuleStateSchema>;

/** A rule without its counters. */
export function ruleOf({
  seen: _,
  hits: __,
  remaining: ___,
  waiting: ____,
  endsAt: _____,
  ended: ______,
  times,
  ...rule
}: StoredRule): Rule & { readonly id: string } {
  return { ...rule, ...(times === null ? {} : { times }) };
}

/** The faults of a rule in their order. */
export function stepsOf({ fault }: Pick<Rule, 'fault'>): readonly Fault[] {
  return isList(fault) ? fault : [fault];
}

// Array.isArray does not narrow to readonly arrays.
const isList = (fault: Fault | readonly Fault[]): fault is readonly Fault[] => Array.isArray(fault);

/** The endpoints at which every fault of a rule has a meaning. */
export function endpointsOf(rule: Pick<Rule, 'fault'>): readonly FaultEndpoint[] {
  const steps = stepsOf(rule).map(endpointsWith);
  return everywhere.filter((endpoint) => steps.every((endpoints) => endpoints.includes(endpoint)));
}

/** The moment at which a rule is chosen: the redirect back, if one of its faults changes that. */
export function momentOf(rule: Pick<Rule, 'fault'>): Moment {
  return stepsOf(rule).some((fault) => kindOf(fault).moment === 'redirect-back') ? 'redirect-back' : 'request';
}

import { Type } from 'typebox';
import { grantTypes } from '../core/model.js';
import { everywhere } from './fault.js';
import { words } from '../input/words.js';
import { kindOf, kinds } from './kinds/index.js';
import type { Static } from 'typebox';
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

/** The requests that a rule applies to, in terms of the protocol. Absent members match anything. */
export const MatchSchema = Type.Object(
  {
    provider: Type.Optional(text),
    endpoint: Type.Optional(words(...everywhere)),
    grantType: Type.Optional(words(...grantTypes)),
    clientId: Type.Optional(text),
    userId: Type.Optional(text),
    path: Type.Optional(
      Type.String({
        pattern: '^[/*]',
        maxLength: 1000,
        description: "The provider's own path; * matches any text: /v1/members/*",
      }),
    ),
    method: Type.Optional(words('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS')),
  },
  closed,
);

/** A rule: which requests it applies to, how often, and with which fault. */
export const RuleSchema = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: idPattern,
        description: 'At most 64 letters, digits, dots, hyphens and underscores; left out: the server chooses one',
      }),
    ),
    match: MatchSchema,
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
    id: Type.String({ pattern: idPattern }),
    skip: Count,
    times: Endless,
    seen: Type.Unsafe<number>({ ...Count, description: 'Matching requests to which no earlier rule applied' }),
    hits: Type.Unsafe<number>({ ...Count, description: 'Requests that the fault applied to' }),
    remaining: Endless,
    waiting: Type.Unsafe<number>({ ...Count, description: 'Requests that wait in its queue' }),
  },
  closed,
);

export type Rule = Static<typeof RuleSchema>;
export type RuleState = Static<typeof RuleStateSchema>;
export type Match = Static<typeof MatchSchema>;

/** A rule without its counters. */
export function ruleOf({
  seen: _,
  hits: __,
  remaining: ___,
  waiting: ____,
  times,
  ...rule
}: RuleState): Rule & { readonly id: string } {
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
  const steps = stepsOf(rule).map(kindOf);
  return everywhere.filter((endpoint) => steps.every(({ endpoints }) => endpoints.includes(endpoint)));
}

/** The moment at which a rule is chosen: the redirect back, if one of its faults changes that. */
export function momentOf(rule: Pick<Rule, 'fault'>): Moment {
  return stepsOf(rule).some((fault) => kindOf(fault).moment === 'redirect-back') ? 'redirect-back' : 'request';
}

import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { Duration } from '../../providers/policy/schema.js';
import { Instant } from '../../world/scenario/schema/scenario.js';
import { VirtualTime } from './instant.js';
import type { Static } from 'typebox';

const state = {
  now: VirtualTime,
  frozen: Type.Boolean({ description: 'Whether virtual time is stopped' }),
  rate: Type.Number({ description: 'Virtual seconds for each real second' }),
  skewSeconds: Type.Number({
    description: 'Seconds by which the clock that checks expiry is ahead of the clock that issues',
  }),
  dateHeader: Type.Unsafe<'real' | 'virtual'>({
    ...words('real', 'virtual'),
    description: 'Whether the Date header has real or virtual time',
  }),
};

/** The clock of a world. */
export const ClockView = Type.Object(state);
export type ClockState = Static<typeof ClockView>;

/** Body of the call that advances the clock. */
export const AdvanceBody = Type.Object(
  {
    by: Type.Optional(described('a duration: 90s, 61m, 2h30m, 1d or PT15M', Duration)),
    to: Type.Optional(
      Type.Union([Type.Literal('next-expiry'), Instant], {
        description: 'a point in time such as 2026-11-21T12:00:00Z, or next-expiry',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Advance = Static<typeof AdvanceBody>;

/** A code or a token, and when it expires. */
export const ExpiredView = Type.Object({
  provider: Type.String({ description: 'Name of the provider' }),
  kind: described('Whether it is a code, an access token or a refresh token', words('code', 'access', 'refresh')),
  value: Type.String({ description: 'The code or the token' }),
  fingerprint: Type.String({ description: 'The name that the journal shows instead of the value' }),
  clientId: Type.String({ description: 'Id of the client' }),
  userId: Type.Union([Type.String(), Type.Null()], { description: 'Null for a token without a user' }),
  grantId: Type.String({ description: 'The token family that it belongs to' }),
  issuedAt: VirtualTime,
  expiresAt: VirtualTime,
});
export type Expired = Static<typeof ExpiredView>;

/** The clock after an advance, with what expired. */
export const AdvancedView = Type.Object({
  ...state,
  expired: Type.Array(ExpiredView, { description: 'The first 1000 codes and tokens that expired' }),
  total: Type.Integer({ description: 'Number of all codes and tokens that expired' }),
});
export type Advanced = Static<typeof AdvancedView>;

/** Number of expiries in an answer, if the caller names none. */
export const expiriesShown = 20;

/** Query of the call that lists what expires next. */
export const ExpiriesQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: `Maximum number of codes and tokens in the answer. Default: ${expiriesShown}`,
      }),
    ),
  },
  { additionalProperties: false },
);

/** What expires next. */
export const ExpiriesView = Type.Object({
  now: VirtualTime,
  expiries: Type.Array(ExpiredView, {
    description: 'The valid codes and tokens that expire next, earliest first. Those that never expire are left out',
  }),
  total: Type.Integer({ description: 'Number of all valid codes and tokens that will expire' }),
});
export type Expiries = Static<typeof ExpiriesView>;

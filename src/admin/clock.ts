import { Type } from 'typebox';
import { expiriesBetween, nextExpiry } from '../world/expiries.js';
import { endOfTime } from '../world/clock.js';
import { parseDuration } from '../input/duration.js';
import { ClockSchema, Instant as InstantSchema } from '../world/scenario/schema/scenario.js';
import { Duration } from '../world/scenario/schema/policy.js';
import { AdminError, defineRoute, invalid } from './route.js';
import { clockView, instant } from './views.js';
import type { Static } from 'typebox';
import type { Instant } from '../core/model.js';
import type { VirtualClock } from '../world/clock.js';
import type { World } from '../world/world.js';

const ClockView = Type.Object({
  now: Type.String(),
  frozen: Type.Boolean(),
  rate: Type.Number(),
  skewSeconds: Type.Number(),
  dateHeader: Type.String(),
});
const Expired = Type.Object({
  provider: Type.String(),
  kind: Type.String(),
  value: Type.String(),
  clientId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
  expiresAt: Type.String(),
});
const expiredShown = 1000;

const Advance = Type.Object(
  {
    by: Type.Optional(Duration),
    to: Type.Optional(
      Type.Union([Type.Literal('next-expiry'), InstantSchema], {
        description: 'a point in time such as 2026-11-21T12:00:00Z, or next-expiry',
      }),
    ),
  },
  { additionalProperties: false },
);

function setClock(world: World, change: Static<typeof ClockSchema>): object {
  world.setClock(change);
  return clockView(world);
}

function advance(world: World, { by, to }: Static<typeof Advance>): object {
  if ((by === undefined) === (to === undefined)) {
    throw invalid([{ path: by === undefined ? 'by' : 'to', message: 'expected one of by and to' }]);
  }
  const { clock } = world;
  const from = clock.checkedAt();
  if (by !== undefined) advanceBy(clock, by);
  else clock.set(to === 'next-expiry' ? nextExpiryOf(world) : laterInstant(clock, to as string));
  const expired = expiriesBetween(world, from, clock.checkedAt());
  return {
    ...clockView(world),
    expired: expired
      .slice(0, expiredShown)
      .map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: instant(expiresAt) })),
    total: expired.length,
  };
}

function advanceBy(clock: VirtualClock, by: string): void {
  const ms = (parseDuration(by) as number) * 1000;
  if (!Number.isFinite(ms)) throw invalid([{ path: 'by', message: 'expected a duration with an end' }]);
  if (clock.now() + ms > endOfTime) {
    throw invalid([{ path: 'by', message: `leads beyond ${String(instant(endOfTime))}, where time ends` }]);
  }
  clock.advance(ms);
}

function laterInstant(clock: VirtualClock, to: string): Instant {
  const now = clock.now();
  const target = Date.parse(to);
  if (target < now) {
    throw invalid([
      {
        path: 'to',
        message: `lies before the world's now, ${String(instant(now))}; PATCH /__admin/clock { "now": … } goes back`,
      },
    ]);
  }
  return target;
}

function nextExpiryOf(world: World): Instant {
  const at = nextExpiry(world);
  if (at === undefined) {
    throw new AdminError(
      409,
      'Nothing will expire',
      'No code and no token of this world is alive and mortal, so there is no next expiry.',
    );
  }
  const target = at - world.clock.skewMs;
  if (target > endOfTime) {
    throw new AdminError(
      409,
      'Nothing will expire',
      `The next expiry lies beyond ${String(instant(endOfTime))}, where time ends.`,
    );
  }
  return target;
}

/** Virtual time: what is issued, what has expired, and the journal's stamps follow it at once. */
export const clockRoutes = [
  defineRoute({
    method: 'GET',
    path: '/clock',
    tag: 'clock',
    summary: "Read the world's clock",
    answers: { 200: ClockView },
    handle: ({ world }) => clockView(world),
  }),
  defineRoute({
    method: 'PUT',
    path: '/clock',
    tag: 'clock',
    summary: 'Set the clock; what is left out goes back to an ordinary clock that shows the real time',
    body: ClockSchema,
    answers: { 200: ClockView },
    handle: ({ world, body }) =>
      setClock(world, {
        now: new Date(world.clock.realNow()).toISOString(),
        frozen: false,
        rate: 1,
        skewSeconds: 0,
        dateHeader: 'real',
        ...body,
      }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/clock',
    tag: 'clock',
    summary: 'Change parts of the clock',
    body: ClockSchema,
    answers: { 200: ClockView },
    handle: ({ world, body }) => setClock(world, body),
  }),
  defineRoute({
    method: 'POST',
    path: '/clock/advance',
    tag: 'clock',
    summary: 'Let time pass: by a duration, to a point in time, or to the next expiry. The answer says what expired',
    body: Advance,
    answers: { 200: Type.Object({ ...ClockView.properties, expired: Type.Array(Expired), total: Type.Integer() }) },
    handle: ({ world, body }) => advance(world, body),
  }),
];

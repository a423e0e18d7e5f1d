import { Type } from 'typebox';
import { expiriesBetween, nextExpiry } from '../world/expiries.js';
import { parseDuration } from '../world/duration.js';
import { ClockSchema, Instant } from '../world/schema/scenario.js';
import { Duration } from '../world/schema/policy.js';
import { AdminError, defineRoute, invalid } from './route.js';
import { clockView, instant } from './views.js';
import type { Static } from 'typebox';
import type { World } from '../world/world.js';

const ClockView = Type.Object({ now: Type.String(), frozen: Type.Boolean(), rate: Type.Number(), skewSeconds: Type.Number(), dateHeader: Type.String() });
const Expired = Type.Object({ provider: Type.String(), kind: Type.String(), value: Type.String(), clientId: Type.String(), userId: Type.Union([Type.String(), Type.Null()]), expiresAt: Type.String() });
const expiredShown = 1000;

const Advance = Type.Object({
  by: Type.Optional(Duration),
  to: Type.Optional(Type.Union([Type.Literal('next-expiry'), Instant], { description: 'a point in time such as 2026-11-21T12:00:00Z, or next-expiry' })),
}, { additionalProperties: false });

function setClock(world: World, change: Static<typeof ClockSchema>): object {
  world.setClock(change);
  return clockView(world);
}

function advance(world: World, { by, to }: Static<typeof Advance>): object {
  const from = world.clock.checkedAt();
  const ms = distance(world, by, to);
  world.clock.advance(ms);
  const expired = expiriesBetween(world, from, world.clock.checkedAt());
  return {
    ...clockView(world),
    expired: expired.slice(0, expiredShown).map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: instant(expiresAt) })),
    total: expired.length,
  };
}

function distance(world: World, by: string | undefined, to: string | undefined): number {
  if ((by === undefined) === (to === undefined)) throw invalid([{ path: by === undefined ? 'by' : 'to', message: 'expected one of by and to' }]);
  if (by !== undefined) {
    const seconds = parseDuration(by);
    if (seconds === undefined || seconds === Infinity) throw invalid([{ path: 'by', message: 'expected a duration with an end' }]);
    return seconds * 1000;
  }
  const target = to === 'next-expiry' ? nextExpiryOf(world) : Date.parse(to as string);
  const ms = target - world.clock.now();
  if (ms < 0) throw invalid([{ path: 'to', message: `lies before the world's now, ${String(instant(world.clock.now()))}; PATCH /__admin/clock { "now": … } goes back` }]);
  return ms;
}

function nextExpiryOf(world: World): number {
  const at = nextExpiry(world);
  if (at === undefined) throw new AdminError(409, 'Nothing will expire', 'No code and no token of this world is alive and mortal, so there is no next expiry.');
  return at - world.clock.skewMs;
}

/** Virtual time: what is issued, what has expired, and the journal's stamps follow it at once. */
export const clockRoutes = [
  defineRoute({ method: 'GET', path: '/clock', tag: 'clock', summary: "Read the world's clock", answers: { 200: ClockView }, handle: ({ world }) => clockView(world) }),
  defineRoute({
    method: 'PUT',
    path: '/clock',
    tag: 'clock',
    summary: 'Set the clock; what is left out goes back to an ordinary clock that shows the real time',
    body: ClockSchema,
    answers: { 200: ClockView },
    handle: ({ world, body }) => setClock(world, { now: new Date(world.clock.realNow()).toISOString(), frozen: false, rate: 1, skewSeconds: 0, dateHeader: 'real', ...body }),
  }),
  defineRoute({ method: 'PATCH', path: '/clock', tag: 'clock', summary: 'Change parts of the clock', body: ClockSchema, answers: { 200: ClockView }, handle: ({ world, body }) => setClock(world, body) }),
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

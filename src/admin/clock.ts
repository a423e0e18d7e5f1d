import { parseDuration } from '../input/duration.js';
import { endOfTime } from '../input/instant.js';
import { expiriesBetween, nextExpiries, nextExpiry } from '../world/expiries.js';
import { inSlices } from '../world/slices.js';
import { fingerprint } from '../world/journal/fingerprint.js';
import { ClockSchema } from '../world/scenario/schema/scenario.js';
import { conflict, invalid } from './admin-error.js';
import { writeInstant } from './instant.js';
import { defineRoute } from './route.js';
import { AdvanceBody, AdvancedView, ClockView, ExpiriesQuery, ExpiriesView, expiriesShown } from './schemas/clock.js';
import { clockView } from './world-view.js';
import type { Instant } from '../core/model.js';
import type { VirtualClock } from '../world/clock.js';
import type { Expiry } from '../world/expiries.js';
import type { ClockDocument } from '../world/scenario/schema/scenario.js';
import type { World } from '../world/world.js';
import type { Advance, Advanced, ClockState, Expired, Expiries } from './schemas/clock.js';

const tag = 'clock';
/** Maximum number of expired codes and tokens in one answer. */
const expiredShown = 1000;

function setClock(world: World, change: ClockDocument): ClockState {
  world.setClock(change);
  return clockView(world);
}

function advance(world: World, { by, to }: Advance): Advanced {
  const { clock } = world;
  const from = clock.checkedAt();
  if (by !== undefined && to === undefined) advanceBy(clock, by);
  else if (to !== undefined && by === undefined) clock.set(targetOf(world, to));
  else throw invalid([{ path: by === undefined ? 'by' : 'to', message: 'expected one of by and to' }]);
  const expired = expiriesBetween(world, from, clock.checkedAt());
  return { ...clockView(world), expired: expired.slice(0, expiredShown).map(viewIn(world)), total: expired.length };
}

const viewIn =
  ({ fingerprintKey }: World) =>
  ({ issuedAt, expiresAt, ...rest }: Expiry): Expired => ({
    ...rest,
    fingerprint: fingerprint(rest.value, fingerprintKey),
    issuedAt: writeInstant(issuedAt),
    expiresAt: writeInstant(expiresAt),
  });

async function expiries(world: World, limit: number): Promise<Expiries> {
  const { expiries: next, total } = await inSlices(nextExpiries(world, limit));
  return { now: writeInstant(world.clock.now()), expiries: next.map(viewIn(world)), total };
}

function advanceBy(clock: VirtualClock, by: string): void {
  const ms = (parseDuration(by) as number) * 1000;
  if (!Number.isFinite(ms)) throw invalid([{ path: 'by', message: 'expected a finite duration' }]);
  if (clock.now() + ms > endOfTime) {
    throw invalid([{ path: 'by', message: `exceeds the maximum time of the clock, ${writeInstant(endOfTime)}` }]);
  }
  clock.advance(ms);
}

const targetOf = (world: World, to: string): Instant =>
  to === 'next-expiry' ? nextExpiryOf(world) : laterInstant(world.clock, to);

function laterInstant(clock: VirtualClock, to: string): Instant {
  const now = clock.now();
  const target = Date.parse(to);
  if (target >= now) return target;
  throw invalid([
    {
      path: 'to',
      message:
        `is before the current time of the world, ${writeInstant(now)}; ` +
        'to go back, use PATCH /__admin/clock { "now": … }',
    },
  ]);
}

function nextExpiryOf(world: World): Instant {
  const at = nextExpiry(world);
  if (at === undefined) {
    throw conflict('Nothing will expire', 'This world has no valid code or token that will expire.');
  }
  const target = at - world.clock.skewMs;
  if (target > endOfTime) {
    throw conflict(
      'Nothing will expire',
      `The next expiry is after the maximum time of the clock, ${writeInstant(endOfTime)}.`,
    );
  }
  return target;
}

/** Calls about virtual time, which applies to issuing, expiry and the times in the journal. */
export const clockRoutes = [
  defineRoute({
    method: 'GET',
    path: '/clock',
    tag,
    summary: "Read the world's clock",
    answers: { 200: ClockView },
    handle: ({ world }) => clockView(world),
  }),
  defineRoute({
    method: 'PUT',
    path: '/clock',
    tag,
    summary: 'Set the clock. An omitted member is reset to its default: real time, not frozen, rate 1',
    body: ClockSchema,
    answers: { 200: ClockView },
    handle: ({ world, body }) =>
      setClock(world, {
        now: writeInstant(world.clock.realNow()),
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
    tag,
    summary: 'Change parts of the clock',
    body: ClockSchema,
    answers: { 200: ClockView },
    handle: ({ world, body }) => setClock(world, body),
  }),
  defineRoute({
    method: 'GET',
    path: '/clock/expiries',
    tag,
    summary: 'List the codes and tokens that expire next, earliest first',
    query: ExpiriesQuery,
    answers: { 200: ExpiriesView },
    handle: ({ world, query: { limit = expiriesShown } }) => expiries(world, limit),
  }),
  defineRoute({
    method: 'POST',
    path: '/clock/advance',
    tag,
    summary:
      'Advance the clock: by a duration, to a point in time, or to the next expiry. The answer lists what expired',
    body: AdvanceBody,
    answers: { 200: AdvancedView },
    handle: ({ world, body }) => advance(world, body),
  }),
];

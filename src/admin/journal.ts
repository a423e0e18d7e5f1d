import { PassThrough } from 'node:stream';
import { Type } from 'typebox';
import { formatDuration, parseDuration } from '../input/duration.js';
import { viewEntry } from '../world/journal/entry-view.js';
import { expectationMistakes, matchMistakes } from '../world/scenario/check-expectations.js';
import { isInstant } from '../input/instant.js';
import { ExpectationSchema } from '../world/journal/expectation.js';
import { MatchSchema, matchesEntry } from '../world/journal/match.js';
import { redactMatch } from '../world/journal/redact-match.js';
import { verify } from '../world/journal/verify.js';
import { AdminError, AnyObject, Empty, Paging, defineRoute, invalid, listOf, page, RawAnswer } from './route.js';
import type { FastifyReply } from 'fastify';
import type { Static } from 'typebox';
import type { EntryView } from '../world/journal/entry-view.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

const tag = 'journal';
/** A call that waits holds a connection: not for ever, and not for all. */
const longestWaitSeconds = 60;
const waitersLimit = 1000;

const { query: _query, form: _form, headers: _headers, ...plain } = MatchSchema.properties;
const Filter = Type.Object(
  {
    ...plain,
    since: Type.Optional(
      Type.String({ maxLength: 40, description: 'an entry id: later entries only; or a point in virtual time' }),
    ),
  },
  { additionalProperties: false },
);
type FilterQuery = Static<typeof Filter>;

const EntryViewSchema = Type.Object(
  {
    id: Type.Integer(),
    at: Type.String(),
    endpoint: Type.String(),
    status: Type.Optional(Type.Integer()),
    reason: Type.Optional(Type.String()),
    explanation: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
);

/** What of a filter is a match, and what tells where to begin. */
function predicate({ since, ...match }: FilterQuery, { providers }: Worlds): (entry: EntryView) => boolean {
  const mistakes = matchMistakes(match, providers);
  if (mistakes.length > 0) throw invalid(mistakes);
  const isLater = later(since);
  return (entry) => isLater(entry) && matchesEntry(match, entry);
}

function later(since: string | undefined): (entry: EntryView) => boolean {
  if (since === undefined) return () => true;
  if (/^\d+$/.test(since)) return ({ id }) => id > Number(since);
  if (!isInstant(since)) {
    throw invalid([
      {
        path: 'since',
        message: `expected an entry id or a point in time such as 2026-01-01T00:00:00Z, got ${JSON.stringify(since)}`,
      },
    ]);
  }
  const at = Date.parse(since);
  return (entry) => Date.parse(entry.at) >= at;
}

const entriesOf = (world: World): EntryView[] => world.journal.entries().map((entry) => viewEntry(entry, world));
const isComplete = ({ durationMs }: EntryView): boolean => durationMs !== undefined;

function findEntry(world: World, id: string): EntryView {
  const entry = world.journal.entries().find((each) => String(each.id) === id);
  if (entry === undefined) {
    throw new AdminError(
      404,
      'Unknown entry',
      `The journal has no entry ${JSON.stringify(id)}; it may have been forgotten (${world.journal.dropped} were).`,
    );
  }
  return viewEntry(entry, world);
}

function checkRoom({ journal }: World): void {
  if (journal.listeners >= waitersLimit) {
    throw new AdminError(429, 'Too many waiting', `${waitersLimit} calls wait for this journal already.`);
  }
}

/** The first complete entry that matches, now or within the time; undefined where none came, or nobody is there to be told. */
async function waitFor(
  world: World,
  wanted: (entry: EntryView) => boolean,
  ms: number,
  gone: AbortSignal,
): Promise<EntryView | undefined> {
  const already = entriesOf(world).find((entry) => isComplete(entry) && wanted(entry));
  if (already !== undefined) return already;
  checkRoom(world);
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const nothing = (): void => {
      end(() => {
        resolve(undefined);
      });
    };
    const stop = world.journal.listen(
      (entry) => {
        const view = viewEntry(entry, world);
        if (wanted(view)) {
          end(() => {
            resolve(view);
          });
        }
      },
      () => {
        end(() => {
          reject(
            new AdminError(409, 'The world is gone', 'The world was dropped, or began anew, while this call waited.'),
          );
        });
      },
    );
    const timer = setTimeout(nothing, ms);
    gone.addEventListener('abort', nothing, { once: true });
  });
}

/** One event an entry: those from `since` on that are there already, then each when it is complete. */
function follow(
  world: World,
  wanted: (entry: EntryView) => boolean,
  since: string | undefined,
  reply: FastifyReply,
): PassThrough {
  checkRoom(world);
  const stream = new PassThrough();
  const send = (view: EntryView): void => {
    // a reader that does not keep up loses its line, not our memory
    if (stream.writableLength > 1024 * 1024) stream.destroy();
    else if (wanted(view)) stream.write(`id: ${view.id}\nevent: entry\ndata: ${JSON.stringify(view)}\n\n`);
  };
  const stop = world.journal.listen(
    (entry) => {
      send(viewEntry(entry, world));
    },
    () => {
      stream.end();
    },
  );
  reply.raw.once('close', () => {
    stream.destroy();
  });
  stream.once('close', stop);
  stream.write(': following\n\n');
  if (since !== undefined) entriesOf(world).filter(isComplete).forEach(send);
  return stream;
}

function readTimeout(timeout: string | undefined): number {
  const seconds = parseDuration(timeout ?? '5s');
  if (seconds === undefined || seconds > longestWaitSeconds) {
    throw invalid([
      {
        path: 'timeout',
        message: `expected a duration of at most ${longestWaitSeconds}s, got ${JSON.stringify(timeout)}`,
      },
    ]);
  }
  return seconds * 1000;
}

/** What the client did: read, followed, waited for, compared with what was expected. */
export const journalRoutes = [
  defineRoute({
    method: 'GET',
    path: '/journal',
    tag,
    summary: 'Read the journal, oldest first; dropped tells how many entries its limit has cost',
    query: Type.Object({ ...Filter.properties, ...Paging }, { additionalProperties: false }),
    answers: {
      200: Type.Object({
        ...(listOf('entries', EntryViewSchema) as typeof AnyObject).properties,
        dropped: Type.Integer(),
      }),
    },
    handle({ world, worlds, query: { limit, offset, ...filter } }) {
      const { items, total } = page(entriesOf(world).filter(predicate(filter, worlds)), { limit, offset });
      return { entries: items, total, dropped: world.journal.dropped };
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/journal',
    tag,
    summary: 'Forget what the client did so far',
    answers: { 204: Empty },
    handle: ({ world }) => {
      world.journal.clear();
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/stream',
    tag,
    waits: true,
    summary: 'Follow the journal as server-sent events: one event an entry, when it is complete',
    query: Filter,
    answers: { 200: Type.String({ description: 'Server-sent events' }) },
    mediaTypes: ['text/event-stream'],
    handle({ world, worlds, query, request, reply }) {
      // a browser that lost its line says which event it saw last
      const since = query.since ?? request.headers['last-event-id']?.toString();
      const stream = follow(
        world,
        predicate({ ...query, ...(since === undefined ? {} : { since }) }, worlds),
        since,
        reply,
      );
      return new RawAnswer('text/event-stream; charset=utf-8', stream);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/wait',
    tag,
    waits: true,
    summary: 'Wait, in real time, until a complete entry matches; 408 when none came',
    query: Type.Object(
      {
        ...Filter.properties,
        timeout: Type.Optional(
          Type.String({ maxLength: 40, description: `a duration of at most ${longestWaitSeconds}s; left out: 5s` }),
        ),
      },
      { additionalProperties: false },
    ),
    answers: { 200: EntryViewSchema },
    async handle({ world, worlds, query: { timeout, ...filter }, reply }) {
      const ms = readTimeout(timeout);
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      const entry = await waitFor(world, predicate(filter, worlds), ms, gone.signal);
      if (entry !== undefined) return entry;
      const { since: _since, ...match } = filter;
      throw new AdminError(408, 'Nothing came', `No entry matched within ${formatDuration(ms / 1000)}.`, undefined, {
        nearMisses: verify({ match }, entriesOf(world), world.journal).nearMisses,
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/:id',
    tag,
    summary: 'Read one entry',
    answers: { 200: EntryViewSchema },
    handle: ({ world, params }) => findEntry(world, params.id),
  }),
  defineRoute({
    method: 'POST',
    path: '/verify',
    tag,
    summary:
      'Compare the journal with what was expected; a failure shows the nearest entries, difference by difference',
    body: ExpectationSchema,
    answers: {
      200: Type.Object({
        passed: Type.Boolean(),
        actual: Type.Integer(),
        expected: AnyObject,
        nearMisses: Type.Array(AnyObject),
        dropped: Type.Integer({ description: 'How many entries the journal has forgotten: they were not compared' }),
      }),
    },
    handle({ world, worlds, body }) {
      const mistakes = expectationMistakes([body], worlds.providers).map(({ path, message }) => ({
        path: path.replace('expect.0.', ''),
        message,
      }));
      if (mistakes.length > 0) throw invalid(mistakes);
      const { match, order, ...rest } = body;
      const hidden = {
        ...rest,
        ...(match && { match: redactMatch(match, world) }),
        ...(order && { order: order.map((step) => redactMatch(step, world)) }),
      };
      const verdict = verify(hidden, entriesOf(world), world.journal);
      world.verified.record(hidden, verdict);
      return verdict;
    },
  }),
];

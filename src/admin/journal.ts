import { PassThrough } from 'node:stream';
import { Type } from 'typebox';
import { parseDuration } from '../world/duration.js';
import { viewEntry } from '../world/entry-view.js';
import { ExpectationSchema, MatchSchema, matchesEntry, verify } from '../world/match.js';
import { AdminError, AnyObject, Empty, Paging, defineRoute, invalid, listOf, page } from './route.js';
import type { Static } from 'typebox';
import type { EntryView } from '../world/entry-view.js';
import type { World } from '../world/world.js';

const tag = 'journal';
/** A call that waits holds a connection: not for ever, and not for all. */
const longestWaitSeconds = 60;
const waitersLimit = 1000;

const { query: _query, form: _form, headers: _headers, ...plain } = MatchSchema.properties;
const Filter = Type.Object({
  ...plain,
  since: Type.Optional(Type.String({ maxLength: 40, description: 'an entry id: later entries only; or a point in virtual time' })),
}, { additionalProperties: false });
type FilterQuery = Static<typeof Filter>;

const EntryViewSchema = Type.Object({ id: Type.Integer(), at: Type.String(), endpoint: Type.String(), status: Type.Optional(Type.Integer()), reason: Type.Optional(Type.String()), explanation: Type.Optional(Type.String()) }, { additionalProperties: true });

/** What of a filter is a match, and what tells where to begin. */
function predicate({ since, ...match }: FilterQuery): (entry: EntryView) => boolean {
  const isLater = later(since);
  return (entry) => isLater(entry) && matchesEntry(match, entry);
}

function later(since: string | undefined): (entry: EntryView) => boolean {
  if (since === undefined) return () => true;
  if (/^\d+$/.test(since)) return ({ id }) => id > Number(since);
  const at = Date.parse(since);
  if (Number.isNaN(at)) throw invalid([{ path: 'since', message: `expected an entry id or a point in time, got ${JSON.stringify(since)}` }]);
  return (entry) => Date.parse(entry.at) >= at;
}

const entriesOf = (world: World): EntryView[] => world.journal.entries().map((entry) => viewEntry(entry, world));

function findEntry(world: World, id: string | undefined): EntryView {
  const entry = world.journal.entries().find((each) => String(each.id) === id);
  if (entry === undefined) throw new AdminError(404, 'Unknown entry', `The journal has no entry ${JSON.stringify(id)}; it may have been forgotten (${world.journal.dropped} were).`);
  return viewEntry(entry, world);
}

/** The first complete entry that matches, now or within the time; undefined where none came. */
async function waitFor(world: World, wanted: (entry: EntryView) => boolean, ms: number, aborted: AbortSignal): Promise<EntryView | undefined> {
  const already = entriesOf(world).find((entry) => entry.durationMs !== undefined && wanted(entry));
  if (already !== undefined) return already;
  if (world.journal.listeners >= waitersLimit) throw new AdminError(429, 'Too many waiting', `${waitersLimit} calls wait for this journal already.`);
  return new Promise((resolve) => {
    const end = (entry: EntryView | undefined): void => {
      clearTimeout(timer);
      stop();
      resolve(entry);
    };
    const stop = world.journal.listen((entry) => {
      const view = viewEntry(entry, world);
      if (wanted(view)) end(view);
    });
    const timer = setTimeout(end, ms, undefined);
    aborted.addEventListener('abort', () => { end(undefined); }, { once: true });
  });
}

function readTimeout(timeout: string | undefined): number {
  const seconds = parseDuration(timeout ?? '5s');
  if (seconds === undefined || seconds > longestWaitSeconds) throw invalid([{ path: 'timeout', message: `expected a duration of at most ${longestWaitSeconds}s, got ${JSON.stringify(timeout)}` }]);
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
    answers: { 200: Type.Object({ ...(listOf('entries', EntryViewSchema) as typeof AnyObject).properties, dropped: Type.Integer() }) },
    handle({ world, query: { limit, offset, ...filter } }) {
      const { items, total } = page(entriesOf(world).filter(predicate(filter)), { limit, offset });
      return { entries: items, total, dropped: world.journal.dropped };
    },
  }),
  defineRoute({ method: 'DELETE', path: '/journal', tag, summary: 'Forget what the client did so far', answers: { 204: Empty }, handle: ({ world }) => { world.journal.clear(); } }),
  defineRoute({
    method: 'GET',
    path: '/journal/stream',
    tag,
    summary: 'Follow the journal as server-sent events: one event an entry, when it is complete',
    query: Filter,
    answers: { 200: Type.String({ description: 'text/event-stream' }) },
    handle({ world, query, request, reply }) {
      const wanted = predicate(query);
      if (world.journal.listeners >= waitersLimit) throw new AdminError(429, 'Too many waiting', `${waitersLimit} calls wait for this journal already.`);
      const stream = new PassThrough();
      const stop = world.journal.listen((entry) => {
        const view = viewEntry(entry, world);
        // a reader that does not keep up loses its line, not our memory
        if (stream.writableLength > 1024 * 1024) stream.destroy();
        else if (wanted(view)) stream.write(`id: ${view.id}\nevent: entry\ndata: ${JSON.stringify(view)}\n\n`);
      });
      request.raw.on('close', () => { stream.end(); });
      stream.on('close', stop);
      stream.write(': following\n\n');
      return reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').send(stream);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/wait',
    tag,
    summary: 'Wait, in real time, until a complete entry matches; 408 when none came',
    query: Type.Object({ ...Filter.properties, timeout: Type.Optional(Type.String({ maxLength: 40, description: `a duration of at most ${longestWaitSeconds}s; left out: 5s` })) }, { additionalProperties: false }),
    answers: { 200: EntryViewSchema, 408: AnyObject },
    async handle({ world, query: { timeout, ...filter }, request }) {
      const ms = readTimeout(timeout);
      const gone = new AbortController();
      request.raw.on('close', () => { gone.abort(); });
      const entry = await waitFor(world, predicate(filter), ms, gone.signal);
      if (entry !== undefined) return entry;
      const { since: _since, ...match } = filter;
      throw new AdminError(408, 'Nothing came', `No entry matched within ${timeout ?? '5s'}.`, undefined, { nearMisses: verify({ match: match }, entriesOf(world)).nearMisses });
    },
  }),
  defineRoute({ method: 'GET', path: '/journal/:id', tag, summary: 'Read one entry', answers: { 200: EntryViewSchema }, handle: ({ world, params }) => findEntry(world, params.id) }),
  defineRoute({
    method: 'POST',
    path: '/verify',
    tag,
    summary: 'Compare the journal with what was expected; a failure shows the nearest entries, difference by difference',
    body: ExpectationSchema,
    answers: { 200: Type.Object({ passed: Type.Boolean(), actual: Type.Integer(), expected: AnyObject, nearMisses: Type.Array(AnyObject) }) },
    handle({ world, body }) {
      if (body.match === undefined && body.order === undefined) throw invalid([{ path: 'match', message: 'is required, or order' }]);
      return verify(body, entriesOf(world));
    },
  }),
];

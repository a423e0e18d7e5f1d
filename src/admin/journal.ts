import { Type } from 'typebox';
import { grantTypes } from '../core/model.js';
import { unknownGrantType } from '../world/journal/unknown-grant-type.js';
import { closeAtFin } from '../http/connection/connection.js';
import { guarded } from '../http/connection/guarded.js';
import { nearest } from '../input/did-you-mean.js';
import { formatDuration } from '../input/duration.js';
import { inSlices, inSlicesWhile } from '../world/slices.js';
import { viewEntry, viewText } from '../world/journal/entry-view.js';
import { nearMisses } from '../world/journal/verify.js';
import { AdminError, invalid } from './admin-error.js';
import { comparisonOf } from './comparison/comparisons.js';
import { readFilter } from './journal-filter.js';
import { writeInstant } from './instant.js';
import { streamJournal } from './journal-stream.js';
import { readTimeout, waitForEntry } from './journal-wait.js';
import { page } from './paging.js';
import { NoContent, RawAnswer, defineRoute } from './route.js';
import { EntriesView, EntrySchema, JournalQuery, OneEntrySchema, StreamQuery, WaitQuery } from './schemas/journal.js';
import { selectInSteps } from './selection.js';
import { writerOf } from './write-entry.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Steps } from '../world/slices.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { Match } from '../world/journal/match.js';
import type { World } from '../world/world.js';
import type { JournalFilter } from './schemas/journal.js';
import type { WriteEntry } from './write-entry.js';

const tag = 'journal';

const json = 'application/json; charset=utf-8';
const jsonAnswer = (text: string): RawAnswer => new RawAnswer(json, text);

function findEntry(world: World, id: string): JournalEntry {
  const entry = /^[1-9]\d*$/.test(id) ? world.journal.find(Number(id)) : undefined;
  if (entry !== undefined) return entry;
  const { dropped } = world.journal;
  throw new AdminError(
    404,
    'Unknown entry',
    `The journal has no entry ${JSON.stringify(id)}. ${dropped} entries were dropped because of its limit.`,
  );
}

/** The start of a stream. A browser that reconnects sends the id of its last event as Last-Event-ID. */
function startOf({ since }: JournalFilter, { headers }: FastifyRequest): Pick<JournalFilter, 'since'> {
  const start = since ?? headers['last-event-id']?.toString();
  return start === undefined ? {} : { since: start };
}

/** Aborts when the caller leaves. A call that waits for something else cannot know a caller that only sends no more. */
function closedSignal(request: FastifyRequest, { raw }: FastifyReply): AbortSignal {
  const closed = new AbortController();
  closeAtFin(request);
  raw.once(
    'close',
    guarded(request.log, () => {
      closed.abort();
    }),
  );
  return closed.signal;
}

/** Throws a 400 if a filter selects nothing and has a misspelt grant type. A client may invent any other one. */
function refuseMisspeltGrantType({ grantType }: JournalFilter, world: World): void {
  if (grantType === undefined || nearest(grantType, grantTypes) === undefined) return;
  const message = unknownGrantType(grantType);
  if (message === undefined || world.journal.entries().some((entry) => entry.grantType === grantType)) return;
  throw invalid([{ path: 'grantType', message }]);
}

async function noMatchInTime(world: World, match: Match, ms: number, closed: AbortSignal): Promise<AdminError> {
  const hint = unknownGrantType(match.grantType);
  const detail = `No entry matched within ${formatDuration(ms / 1000)}${hint === undefined ? '.' : `; ${hint}`}`;
  const steps = nearMisses(match, world.journal.entries(), world);
  return new AdminError(408, 'No matching entry', detail, undefined, {
    nearMisses: await inSlicesWhile(steps, () => !closed.aborted),
  });
}

/** A page of entries as JSON: their views are JSON already. Entries outside the page are not redacted. */
function* pageText(world: World, entries: readonly JournalEntry[], total: number, write: WriteEntry): Steps<string> {
  const views: string[] = [];
  for (const entry of entries) {
    views.push(write(entry, world));
    yield;
  }
  const { journal, beganAt } = world;
  const rest = JSON.stringify({ total, dropped: journal.dropped, beganAt: writeInstant(beganAt) });
  return `{"entries":[${views.join(',')}],${rest.slice(1)}`;
}

/** Calls that read the journal, stream it and wait for an entry. */
export const journalRoutes = [
  defineRoute({
    method: 'GET',
    path: '/journal',
    tag,
    summary: 'Read the journal, by default the oldest entry first',
    query: JournalQuery,
    answers: { 200: EntriesView },
    async handle({ world, query: { limit, offset, order, brief, ...filter } }) {
      const { isWanted } = readFilter(filter, world);
      const selected = await inSlices(selectInSteps(world.journal.entries(), isWanted));
      if (selected.length === 0) refuseMisspeltGrantType(filter, world);
      if (order === 'newest') selected.reverse();
      const { items, total } = page(selected, { limit, offset });
      return jsonAnswer(await inSlices(pageText(world, items, total, writerOf(brief))));
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/journal',
    tag,
    summary: 'Remove all entries',
    answers: { 204: NoContent },
    handle({ world }) {
      world.journal.clear();
      return null;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/stream',
    tag,
    waits: true,
    summary: 'Stream the journal as server-sent events: one event for each complete entry',
    query: StreamQuery,
    answers: { 200: Type.String({ description: 'Server-sent events' }) },
    mediaTypes: ['text/event-stream'],
    handle({ world, query: { brief, ...filter }, request, reply }) {
      const start = startOf(filter, request);
      const { isWanted } = readFilter({ ...filter, ...start }, world);
      closeAtFin(request);
      const stream = streamJournal(
        world,
        { isWanted, withPast: start.since !== undefined, write: writerOf(brief) },
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
    summary: 'Wait, in real time, until a complete entry matches; 408 after the timeout',
    query: WaitQuery,
    answers: { 200: EntrySchema },
    async handle({ world, query: { timeout, ...filter }, request, reply }) {
      const ms = readTimeout(timeout);
      const closed = closedSignal(request, reply);
      const { match, isWanted } = readFilter(filter, world);
      const entry = await waitForEntry(world, isWanted, ms, closed);
      if (entry === undefined) throw await noMatchInTime(world, match, ms, closed);
      return jsonAnswer(viewText(entry, world));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/journal/:id',
    tag,
    summary: 'Read one entry, with what was expected if it was refused',
    answers: { 200: OneEntrySchema },
    handle({ world, params }) {
      const entry = viewEntry(findEntry(world, params.id), world);
      const comparison = entry.reason === undefined ? undefined : comparisonOf(entry.reason, entry.facts);
      return jsonAnswer(JSON.stringify({ ...entry, comparison }));
    },
  }),
];

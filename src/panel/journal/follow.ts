import { effect, untracked } from '@preact/signals';
import { worldUrl } from '../api/address.js';
import { adminToken } from '../api/admin-token.js';
import { ApiError } from '../api/api-error.js';
import { callServer, queryOf, send } from '../api/call.js';
import { connection, restartedAt } from '../api/connection.js';
import { readEvents } from '../api/events.js';
import { world } from '../navigation.js';
import { add, beganAt, droppedByServer, isLoaded, reset, rows, tell } from './store.js';
import type { Health } from '../../client/index.js';
import type { Row } from './row.js';

/** Interval at which new rows are shown, in milliseconds: a page cannot be drawn for each of 200 entries a second. */
const showEveryMs = 150;
/** Interval at which requests in progress are looked for, in milliseconds. The stream has complete ones alone. */
const lookEveryMs = 2500;
const pageSize = 1000;
/** Time before the first attempt to connect again, and the longest, in milliseconds. */
const [retryMs, longestRetryMs] = [500, 5000];
/** Time before a stream that ended in order is opened again, in milliseconds. */
const atOnceMs = 30;

interface Page {
  readonly entries: readonly Row[];
  readonly total: number;
  readonly dropped: number;
  readonly beganAt: string;
}

async function readPage(base: string, offset: number, limit: number, signal: AbortSignal): Promise<Page> {
  const query = queryOf({ brief: true, order: 'newest', limit, offset });
  return (await (await send(`${base}/journal${query}`, { signal })).json()) as Page;
}

/** Reads the whole journal, the newest page first. */
async function readAll(base: string, signal: AbortSignal): Promise<void> {
  let offset = 0;
  for (;;) {
    const page = await readPage(base, offset, pageSize, signal);
    const { entries, total, dropped } = page;
    if (signal.aborted) return;
    if (beganAt.value !== page.beganAt) await noticeStart(beganAt.value, signal);
    beganAt.value = page.beganAt;
    add(entries.toReversed());
    droppedByServer.value = dropped;
    isLoaded.value = true;
    offset += entries.length;
    if (entries.length < pageSize || offset >= total) return;
  }
}

/** Says that the server was started after the former journal began. */
async function noticeStart(before: string | undefined, signal: AbortSignal): Promise<void> {
  if (before === undefined) return;
  const { startedAt } = await callServer<Health>('GET', '/health');
  if (!signal.aborted && startedAt > before) restartedAt.value = startedAt;
}

/** The state of the connection after an error. */
function stateAfter(error: unknown): End {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 404) return 'gone';
  return status === 401 || status === 403 ? 'refused' : 'lost';
}

/** How following ended. `behind`: the server ended the stream because this tab read too slowly. */
type End = 'behind' | 'ended' | 'gone' | 'refused' | 'lost';

/** Ends the wait for the next attempt to connect. */
let wake = (): void => undefined;
/** Reads the newest entries of the journal that is followed. */
let lookAgain = (): void => undefined;

/** Waits before the next attempt to connect, or until `connectNow`. */
async function wait(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    wake = resolve;
    setTimeout(resolve, ms);
  });
}

/** Tries to connect at once, for example after this tab made the world. */
export const connectNow = (): void => {
  wake();
};

/** Looks for changes at once, for example after this tab removed all entries. */
export const lookNow = (): void => {
  lookAgain();
};

/** Follows the journal of one world until the signal. */
async function follow(shown: string, signal: AbortSignal): Promise<void> {
  const base = `${worldUrl(shown)}/__admin`;
  // a stream that was open is opened again at once: mostly the world was reset, or this tab read too slowly
  const next = { waitMs: retryMs, isAtOnce: false };
  let isSameJournal = false;
  const isLeft = (): boolean => signal.aborted;
  while (!isLeft()) {
    const end: End = await followOnce(base, signal, isSameJournal, () => {
      next.waitMs = retryMs;
      next.isAtOnce = true;
    }).catch(stateAfter);
    if (isLeft()) return;
    isSameJournal = end === 'behind';
    if (next.isAtOnce) {
      next.isAtOnce = false;
      await wait(atOnceMs);
      continue;
    }
    connection.value = end === 'behind' || end === 'ended' ? 'lost' : end;
    await wait(next.waitMs);
    next.waitMs = Math.min(next.waitMs * 2, longestRetryMs);
  }
}

/** Reads the newest entries: they may be in progress. Drops the rows that the server does not have any more. */
async function look(base: string, signal: AbortSignal): Promise<void> {
  const before = rows.list.at(-1)?.id ?? 0;
  const { entries, total, dropped } = await readPage(base, 0, 50, signal);
  if (signal.aborted) return;
  add(entries.toReversed());
  droppedByServer.value = dropped;
  const gone = rows.dropBeyond(total, entries[0]?.id ?? before);
  if (gone.length > 0) tell({ isReset: false, added: [], dropped: gone, replaced: [] });
}

/** Opens the stream, then reads what was there before: no entry can be missed in between. */
async function followOnce(base: string, signal: AbortSignal, isSameJournal: boolean, onLive: () => void): Promise<End> {
  const arrived: Row[] = [];
  let reading: Promise<void> | undefined;
  const state: { end: End } = { end: 'ended' };
  const showing = setInterval(() => {
    if (arrived.length > 0) add(arrived.splice(0));
  }, showEveryMs);
  lookAgain = () => {
    if (isLoaded.value) look(base, signal).catch(() => undefined);
  };
  const looking = setInterval(() => {
    if (document.visibilityState === 'visible') lookNow();
  }, lookEveryMs);
  try {
    await readEvents(`${base}/journal/stream${queryOf({ brief: true })}`, signal, {
      onOpen() {
        // the server may be another one than before, whose entries have the same ids
        if (!isSameJournal) reset();
        connection.value = 'live';
        onLive();
        reading = readAll(base, signal).catch(() => undefined);
      },
      onEvent({ name, data }) {
        if (name === 'entry') arrived.push(JSON.parse(data) as Row);
        else if (name === 'dropped') state.end = 'behind';
      },
    });
    return state.end;
  } finally {
    clearInterval(showing);
    clearInterval(looking);
    await reading;
  }
}

/** Follows the journal of the world in the URL. A new admin token is a new attempt. Called once. */
export function followJournal(): void {
  let following = new AbortController();
  effect(() => {
    // the token is read for its change: a new one is a new attempt
    const [shown] = [world.value, adminToken.value];
    untracked(() => {
      following.abort();
      // a wait that lasted beyond the signal would hold the journal that was left
      connectNow();
      following = new AbortController();
      connection.value = 'connecting';
      reset();
      beganAt.value = undefined;
      void follow(shown, following.signal);
    });
  });
}

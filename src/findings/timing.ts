import type { ObservedRequest } from './observed-request.js';

/** A client with queued requests sends the next one within this time after an answer, in milliseconds. */
const queueMs = 20;
/** A request that follows this much quiet time was not sent in parallel with earlier requests. In milliseconds. */
export const besideMs = 100;

/**
 * Whether the second request arrived while the first was in progress. The order of ids is exact; that of timestamps is
 * not.
 */
export function overlaps(first: ObservedRequest, second: ObservedRequest): boolean {
  return first.id < second.id && second.id <= (first.entry.newestAtEnd ?? Infinity);
}

/**
 * Whether the client knew the first answer when it decided to send the second request. The order of arrival does not
 * prove it, because parallel requests on one connection are sent one after the other. Quiet time between them proves
 * it.
 */
export function knewAnswer(first: ObservedRequest, second: ObservedRequest): boolean {
  return first.id < second.id && second.quietMs - first.quietMs >= besideMs;
}

/**
 * Whether the second request was sent after the first answer arrived. On one connection this is certain (RFC 9112
 * §9.3). The client may have queued it earlier, because the connection was busy.
 */
export function sentAfter(first: ObservedRequest, second: ObservedRequest): boolean {
  const { connection } = first.entry;
  return (
    first.id < second.id &&
    !overlaps(first, second) &&
    connection !== undefined &&
    connection === second.entry.connection
  );
}

/**
 * Whether the connection of the second request was opened after the first answer was sent. A single pair proves little:
 * of requests that a client starts together, the connections are opened one by one.
 */
export function openedAfter(first: ObservedRequest, second: ObservedRequest): boolean {
  const { startedAt, durationMs = Infinity } = first.entry;
  const { connectedAt = -Infinity } = second.entry;
  return connectedAt >= startedAt + durationMs;
}

/** Minimum number of consecutive requests on one connection for a note. */
export const fewestInRow = 2;

/** Minimum number of consecutive requests for a note, if each is on a connection of its own. */
export const fewestOpened = 3;

/** Computes for each request the total quiet time before it. */
export function measureQuietTime(all: readonly ObservedRequest[]): void {
  let quietMs = 0;
  let end = all[0]?.start ?? 0;
  for (const seen of all) {
    const pauseMs = seen.start - end;
    if (pauseMs >= queueMs) quietMs += pauseMs;
    seen.quietMs = quietMs;
    end = Math.max(end, seen.end);
  }
}

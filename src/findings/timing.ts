import type { ObservedRequest } from './observed-request.js';

/** A client with queued requests sends the next one within this time after an answer, in milliseconds. */
const queueMs = 20;
/** After so much quiet time, a new request does not belong to a group sent in parallel. In milliseconds. */
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
 * prove it: parallel requests that share a connection wait for each other. A quiet time between them proves it.
 */
export function knewAnswer(first: ObservedRequest, second: ObservedRequest): boolean {
  return first.id < second.id && second.quietMs - first.quietMs >= besideMs;
}

/**
 * Whether the second request was sent after the first answer arrived. On one connection this is certain (RFC 9112
 * §9.3). The client may still have decided on it earlier, and it may have waited for the connection.
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

/** Minimum number of consecutive requests on one connection for a note. */
export const fewestInRow = 2;

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

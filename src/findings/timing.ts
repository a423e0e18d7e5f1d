import type { Seen } from './observed-request.js';

/** A queue sends its next request as soon as an answer makes room; a line that is quiet for longer has none in it. */
const queueMs = 20;
/** So much quiet, and nobody is still sending what was meant to go out together. */
export const besideMs = 100;

/** Whether the second request came while the first was under way. The order of ids is exact, which that of milliseconds is not. */
export function overlap(first: Seen, second: Seen): boolean {
  return first.id < second.id && second.id <= (first.entry.newestAtEnd ?? Infinity);
}

/**
 * Whether the client had the first answer, if one has left, when it made up its mind to send the second request. That one
 * came after the other proves nothing: of ten calls that are sent at once the tenth is no answer to the first, and where
 * they share a connection each of them waits for the one before. Quiet between them proves it.
 */
export function knew(first: Seen, second: Seen): boolean {
  return first.id < second.id && second.quietMs - first.quietMs >= besideMs;
}

/**
 * Whether the second request went out when the first answer had come in: on one connection that is certain (RFC 9112 §9.3).
 * It may have been made before that all the same, and have waited for the connection.
 */
export function had(first: Seen, second: Seen): boolean {
  const { connection } = first.entry;
  return (
    first.id < second.id &&
    !overlap(first, second) &&
    connection !== undefined &&
    connection === second.entry.connection
  );
}

/** How many requests must have been sent in a row, each with an earlier answer at hand, to be worth a note. */
export const fewestInRow = 2;

/** Adds up, for each request, the real time in which nothing was under way before it. */
export function measureQuiet(all: readonly Seen[]): void {
  let quietMs = 0;
  let end = all[0]?.start ?? 0;
  for (const seen of all) {
    const pauseMs = seen.start - end;
    if (pauseMs >= queueMs) quietMs += pauseMs;
    seen.quietMs = quietMs;
    end = Math.max(end, seen.end);
  }
}

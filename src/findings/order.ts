import type { Seen } from './seen.js';

/** Time is read in whole milliseconds: what is closer than that has no certain order. */
const graceMs = 1;
/** Requests that a client sends side by side arrive this close together; a later one was sent by somebody who could know. */
const besideMs = 100;

/** Whether the second request came while the first was under way. */
export function overlap(first: Seen, second: Seen): boolean {
  return second.start <= first.end - graceMs;
}

/**
 * Whether the client had the first answer, if one has left, when it sent the second request. On one connection that is
 * certain (RFC 9112 §9.3); on two it shows by the time between them: of ten calls that are sent at once, the tenth is no
 * answer to the first.
 */
export function knew(first: Seen, second: Seen): boolean {
  if (overlap(first, second)) return false;
  const { connection } = first.entry;
  return (connection !== undefined && connection === second.entry.connection) || second.start - first.end >= besideMs;
}

import { groupBy } from '../evidence.js';
import { fewestInRow, had, knew } from '../timing.js';
import { familyOfBearer } from './expired-token-resent.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

/** A timer may fire a little early, and a clock tick a little late. */
const graceMs = 50;

export const retryAfterIgnored = defineRule({
  id: 'retry-after-ignored',
  severity: 'error',
  verdict: 'The client came back before the time that Retry-After had named.',
  clause: 'RFC 9110 §10.2.3; RFC 6585 §4',
  advice: 'Wait as many seconds as Retry-After says before the next call with the same token or client.',
  spares:
    'Content when either clock has moved so far: a test may wait in real time or move the virtual one. Of several failures each allows one request when its own time is over. Silent about requests for somebody else, about calls that may have been sent side by side (a note where such come in a row on one connection), and for a Retry-After that is a date.',
  judge: ({ all }) => [...groupBy(all, sameCaller).values()].flatMap(proofsOf),
});

/** One token family at an API, for a call that waits may find the access token renewed; elsewhere whoever asks again for the same thing. */
function sameCaller(seen: Seen): string | undefined {
  const { provider, entry, accessToken, clientId } = seen;
  if (!['token', 'resource', 'revoke', 'introspect'].includes(entry.endpoint)) return undefined;
  return JSON.stringify([
    provider.name,
    entry.endpoint,
    familyOfBearer(seen) ?? accessToken,
    clientId,
    ...['grant_type', 'code', 'refresh_token', 'username', 'token'].map((name) => seen.get(name)),
  ]);
}

function proofsOf(sent: readonly Seen[]): Proof[] {
  const proofs: Proof[] = [];
  const inRow: Seen[] = [];
  let open: Seen[] = [];
  for (const seen of sent) {
    const meant = answeredBy(seen, open);
    open = open.filter((refusal) => refusal !== meant?.refusal);
    if (meant?.how === 'early') proofs.push(proofOf(meant.refusal, seen));
    if (meant?.how === 'in a row') inRow.push(seen);
    if (seen.failed) open.push(seen);
  }
  return [...proofs, ...noteOf(sent, inRow)];
}

interface Meant {
  readonly refusal: Seen;
  readonly how: 'in time' | 'early' | 'in a row';
}

/** Which failure a request comes after, as kindly as it can be read: one whose time is over or that named none comes first. */
function answeredBy(seen: Seen, open: readonly Seen[]): Meant | undefined {
  const over = open.filter((failure) => isOver(failure, seen));
  const waiting = open.filter((failure) => !isOver(failure, seen));
  const early = waiting.find((refusal) => knew(refusal, seen));
  const inTime = over.find((failure) => knew(failure, seen)) ?? (early === undefined ? undefined : over[0]);
  if (inTime !== undefined) return { how: 'in time', refusal: inTime };
  if (early !== undefined) return { how: 'early', refusal: early };
  const atHand = waiting.find((refusal) => had(refusal, seen));
  return atHand === undefined ? undefined : { how: 'in a row', refusal: atHand };
}

const waitedMs = (refusal: Seen, next: Seen): number =>
  Math.max(next.start - refusal.end, next.entry.at - refusal.entry.at);
const isOver = (refusal: Seen, next: Seen): boolean =>
  waitedMs(refusal, next) >= (retryAfter(refusal) ?? 0) * 1000 - graceMs;

function proofOf(refusal: Seen, next: Seen): Proof {
  return {
    by: [refusal, next],
    says: `Retry-After said ${Number(retryAfter(refusal))} s, and the next ${next.entry.endpoint} request came after ${Math.round(waitedMs(refusal, next)) / 1000} s.`,
  };
}

function noteOf(sent: readonly Seen[], inRow: readonly Seen[]): Proof[] {
  if (inRow.length < fewestInRow) return [];
  const refusals = sent.filter((seen) => retryAfter(seen) !== undefined).slice(0, 1);
  return [
    {
      by: [...refusals, ...inRow],
      severity: 'note',
      says: `Requests in a row, each sent with a Retry-After at hand whose time was not over: ${inRow.length}. They may have been meant to go out together.`,
    },
  ];
}

/** The seconds that a refusal told its client to wait. */
export function retryAfter(seen: Seen): number | undefined {
  const text = seen.answered('retry-after') ?? '';
  return seen.told !== undefined && isRefusal(seen) && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Failures that may pass by themselves. */
export function isRefusal({ told }: Seen): boolean {
  return told !== undefined && (told.status === 429 || told.status >= 500);
}

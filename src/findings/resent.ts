import { fewestInRow, fewestOpened, knewAnswer, openedAfter, sentAfter } from './timing.js';
import { pairs } from './evidence.js';
import type { Proof } from './rule.js';
import type { ObservedRequest } from './observed-request.js';

/** Uses of a token after it was refused. */
export interface Resent {
  readonly refusal: ObservedRequest;
  /** Uses sent when the client certainly knew of the refusal. */
  readonly known: readonly ObservedRequest[];
  /** Uses sent after the refusal arrived, which the client may have queued before it. */
  readonly inRow: readonly ObservedRequest[];
  /** The longest chain of uses, each on a connection that was opened after the refusal of the use before it. */
  readonly opened: readonly ObservedRequest[];
}

/**
 * Finds uses of a token after its refusal. A token that is issued again is valid again. A token that was issued several
 * times can be held by several parts of the client, and each of them may receive one refusal.
 */
export function resent(
  sent: readonly ObservedRequest[],
  isRefused: (seen: ObservedRequest) => boolean,
  answers: readonly ObservedRequest[],
): Resent[] {
  return splitAtIssues(sent, answers).flatMap((uses) => {
    const refusal = uses.find(isRefused);
    if (refusal === undefined) return [];
    const holders = answers.filter(({ id }) => id < refusal.id).length;
    return [usesAfter(refusal, uses, Math.max(1, holders), isRefused)];
  });
}

/** The uses of a token, split at each answer that issued it again. */
function splitAtIssues(sent: readonly ObservedRequest[], answers: readonly ObservedRequest[]): ObservedRequest[][] {
  const ends = answers.map(({ entry }) => Number(entry.newestAtEnd)).sort((a, b) => a - b);
  const all: ObservedRequest[][] = [];
  let issues = -1;
  let answered = 0;
  for (const seen of sent) {
    while ((ends[answered] as number) < seen.id) answered += 1;
    if (answered === issues) all.at(-1)?.push(seen);
    else all.push([seen]);
    issues = answered;
  }
  return all;
}

function usesAfter(
  refusal: ObservedRequest,
  uses: readonly ObservedRequest[],
  holders: number,
  isRefused: (seen: ObservedRequest) => boolean,
): Resent {
  const refused: ObservedRequest[] = [];
  const [known, inRow]: [ObservedRequest[], ObservedRequest[]] = [[], []];
  // a request that failed for another reason may be repeated once. Oldest first
  const failed: ObservedRequest[] = [];
  let round = refusal;
  let rounds = 0;
  for (const seen of uses) {
    if (knewAnswer(round, seen)) {
      round = seen;
      rounds += 1;
    }
    // quiet time only grows: if the answer of the oldest was not known, no other was
    const [oldest] = failed;
    if (oldest !== undefined && (rounds >= holders || knewAnswer(oldest, seen))) failed.shift();
    else if (rounds >= holders) known.push(seen);
    else if (refused.some((each) => sentAfter(each, seen))) inRow.push(seen);
    if (isRefused(seen)) refused.push(seen);
    else if (seen.failed) failed.push(seen);
  }
  return { refusal, known, inRow, opened: longestChain(uses, holders, isRefused) };
}

/** Each holder of the token may receive one refusal, so the first uses of a chain are left out. */
function longestChain(
  uses: readonly ObservedRequest[],
  holders: number,
  isRefused: (seen: ObservedRequest) => boolean,
): ObservedRequest[] {
  let longest: ObservedRequest[] = [];
  let chain: ObservedRequest[] = [];
  for (const [first, second] of pairs(uses)) {
    const follows = isRefused(first) && (openedAfter(first, second) || sentAfter(first, second));
    if (follows) chain.push(second);
    else chain = [];
    if (chain.length > longest.length) longest = chain;
  }
  return longest.slice(holders - 1);
}

const rolesAfter = ({ entry }: ObservedRequest): string[] => [
  entry.reason === undefined ? 'a fault refused it' : 'the token was refused here',
  'the same token was sent',
];

/**
 * A proof if the client knew of the refusal. A note if there are only consecutive requests: on one connection, at
 * least `fewest` of them, or each on a connection that was opened after the refusal before. Otherwise no proof.
 */
export function resentProof(
  { refusal, known, inRow, opened }: Resent,
  what: string,
  family: string | undefined,
  fewest = fewestInRow,
): Proof[] {
  if (known.length > 0) {
    return [
      {
        by: [refusal, ...known],
        roles: rolesAfter(refusal),
        family,
        says: `${what} with the token after the client knew of its refusal: ${known.length}.`,
      },
    ];
  }
  const isInRow = inRow.length >= fewest;
  if (!isInRow && opened.length < fewestOpened) return [];
  const sent = isInRow && inRow.length >= opened.length ? inRow : opened;
  return [
    {
      by: [refusal, ...sent.filter((seen) => seen !== refusal)],
      roles: rolesAfter(refusal),
      family,
      severity: 'note',
      says:
        `Consecutive ${what.toLowerCase()} with the token, each sent after a refusal had arrived: ${sent.length}. ` +
        'The client may have queued them before the refusal.',
    },
  ];
}

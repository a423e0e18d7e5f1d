import { fewestInRow, had, knew } from './timing.js';
import type { Proof } from './rule.js';
import type { Seen } from './observed-request.js';

/** What became of a token after it had been refused. */
export interface Resent {
  readonly refusal: Seen;
  /** Uses by a client that knew of the refusal. */
  readonly known: readonly Seen[];
  /** Uses with a refusal at hand that may have been meant before it came. */
  readonly inRow: readonly Seen[];
}

/**
 * Finds the uses of a token after its refusal. A token that was answered once more is good again; and one that was answered
 * several times may be in several hands, each of which finds out by itself.
 */
export function resent(sent: readonly Seen[], isRefused: (seen: Seen) => boolean, answers: readonly Seen[]): Resent[] {
  return lives(sent, answers).flatMap((life) => {
    const refusal = life.find(isRefused);
    if (refusal === undefined) return [];
    const holders = answers.filter(({ id }) => id < refusal.id).length;
    return [usesAfter(refusal, life, Math.max(1, holders), isRefused)];
  });
}

/** The uses of a token, anew from each answer that has it in it. */
function lives(sent: readonly Seen[], answers: readonly Seen[]): Seen[][] {
  const all: Seen[][] = [];
  let born = -1;
  for (const seen of sent) {
    const answered = answers.filter(({ entry }) => Number(entry.newestAtEnd) < seen.id).length;
    if (answered === born) all.at(-1)?.push(seen);
    else all.push([seen]);
    born = answered;
  }
  return all;
}

function usesAfter(refusal: Seen, life: readonly Seen[], holders: number, isRefused: (seen: Seen) => boolean): Resent {
  const refused: Seen[] = [];
  const [known, inRow]: [Seen[], Seen[]] = [[], []];
  // what failed otherwise may be tried again, whatever became of the calls beside it
  let failed: Seen[] = [];
  let round = refusal;
  let rounds = 0;
  for (const seen of life) {
    if (knew(round, seen)) {
      round = seen;
      rounds += 1;
    }
    const again = failed.find((each) => knew(each, seen)) ?? (rounds >= holders ? failed[0] : undefined);
    failed = failed.filter((each) => each !== again);
    if (again === undefined && rounds >= holders) known.push(seen);
    else if (again === undefined && refused.some((each) => had(each, seen))) inRow.push(seen);
    if (isRefused(seen)) refused.push(seen);
    else if (seen.failed) failed.push(seen);
  }
  return { refusal, known, inRow };
}

/** One proof where the client knew, a note where a row of requests is all that was seen, and nothing otherwise. */
export function resentProof({ refusal, known, inRow }: Resent, what: string, family: string | undefined): Proof[] {
  if (known.length > 0) {
    return [{ by: [refusal, ...known], family, says: `${what} with the token after its refusal: ${known.length}.` }];
  }
  if (inRow.length < fewestInRow) return [];
  return [
    {
      by: [refusal, ...inRow],
      family,
      severity: 'note',
      says: `${what} with the token in a row, each sent with a refusal at hand: ${inRow.length}. They may have been meant to go out together.`,
    },
  ];
}

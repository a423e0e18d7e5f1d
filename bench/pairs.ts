import { relativeRange, tooNoisy } from './statistics.js';

/** Costs of something, and of its reference right before each time, in microseconds. */
export interface Pairs<Round> {
  readonly rounds: readonly Round[];
  readonly costs: readonly number[];
  readonly referenceCosts: readonly number[];
  /** Whether the costs of the reference varied too much in every attempt; these are the pairs of the calmest. */
  readonly noisy: boolean;
}

interface Costly {
  /** Microseconds of processor time for each answer, or of real time where processor time is not available. */
  readonly micros: number;
}

export interface PairOptions<Round extends Costly> {
  readonly reference: () => Promise<Costly>;
  readonly subject: () => Promise<Round>;
  /** Number of pairs. */
  readonly pairs: number;
  /** The time, as of `Date.now`, after which no further pair is begun once there are three. Default: never. */
  readonly until?: number | undefined;
  /** How often all pairs are measured, at most, until the reference is calm. */
  readonly attempts: number;
  /** Called if an attempt was too noisy. */
  readonly tell: (line: string) => void;
}

/**
 * Measures a subject in pairs: a round of the reference, and right after it one of the subject. If the rounds of the
 * reference vary too much, all pairs are measured again. The attempt is chosen by its reference alone.
 */
export async function measurePairs<Round extends Costly>(options: PairOptions<Round>): Promise<Pairs<Round>> {
  let calmest: Pairs<Round> | undefined;
  for (let attempt = 1; attempt <= options.attempts; attempt += 1) {
    const made = await oneAttempt(options);
    const range = relativeRange(made.referenceCosts);
    if (calmest === undefined || range < relativeRange(calmest.referenceCosts)) calmest = made;
    if (!made.noisy) break;
    options.tell(`too noisy: the reference varied by ${range.toFixed(2)} (attempt ${String(attempt)})`);
  }
  return calmest as Pairs<Round>;
}

/** A run that is short of time measures at least these pairs. */
const fewest = 3;

async function oneAttempt<Round extends Costly>({
  reference,
  subject,
  pairs,
  until = Infinity,
}: PairOptions<Round>): Promise<Pairs<Round>> {
  const referenceCosts: number[] = [];
  const rounds: Round[] = [];
  for (let i = 0; i < pairs && (i < fewest || Date.now() < until); i += 1) {
    referenceCosts.push((await reference()).micros);
    rounds.push(await subject());
  }
  return { rounds, costs: rounds.map(({ micros }) => micros), referenceCosts, noisy: tooNoisy(referenceCosts) };
}

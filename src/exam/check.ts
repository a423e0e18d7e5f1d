import type { Group } from '../admin/schemas/exam-words.js';
import type { Severity } from '../findings/severity.js';
import type { ExaminedProvider } from './examined-provider.js';
import type { Judgement } from './judgement.js';
import type { OrdinaryRun } from './ordinary-run.js';
import type { Stage } from './stage.js';

export { groups } from '../admin/schemas/exam-words.js';
export type { Group } from '../admin/schemas/exam-words.js';

/** What a check needs of the client under exam beside connect and call. */
export type Need = 'pages' | 'disconnect' | 'restart' | 'own-credentials';

/** What is said of a check. */
export interface CheckFacts<Id extends string = string> {
  /** Kebab case, unique among all checks. It names what a good client does: `state-fresh`. */
  readonly id: Id;
  readonly group: Group;
  /** What a good client does, in one sentence without a full stop. */
  readonly title: string;
  /** The section of the RFC, or the provider's own document. */
  readonly clause: string;
  readonly severity: Severity;
  /** What the exam does to the client, in one sentence. */
  readonly stages: string;
  /** What the verdict is taken from, in one sentence. */
  readonly looksAt: string;
  /** What to change in the client, in one or two sentences. */
  readonly advice: string;
  /** Why the check does not apply at this provider. Undefined: the check applies. */
  readonly notFor?: (provider: ExaminedProvider) => string | undefined;
  /** Without one of these the check cannot be made, and the verdict is not-seen. */
  readonly needs?: readonly Need[];
}

/** A check that looks at what all passive checks share: an ordinary life of the client. */
export interface PassiveCheck<Id extends string = string> extends CheckFacts<Id> {
  /** @throws NotSeen */
  readonly judge: (run: OrdinaryRun) => Judgement;
}

/** A check with a world of its own, which it prepares. */
export interface StagedCheck<Id extends string = string> extends CheckFacts<Id> {
  /** @throws NotSeen */
  readonly examine: (stage: Stage) => Promise<Judgement>;
}

/** One check. No other file names it, except the list of its group. */
export type Check<Id extends string = string> = PassiveCheck<Id> | StagedCheck<Id>;

/** Keeps the id as a literal type. */
export function defineCheck<const Id extends string>(check: Check<Id>): Check<Id> {
  return check;
}

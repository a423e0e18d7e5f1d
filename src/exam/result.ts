import type { Severity } from '../findings/severity.js';
import type { Group } from './check.js';
import type { Grade } from './grade.js';
import type { Verdict } from './verdict.js';

/** One request as a report shows it: secrets are fingerprints. */
export interface ReportedRequest {
  /** Id of the journal entry, unique in its check. */
  readonly entry: number;
  /** Real time since the start of the check, in milliseconds. */
  readonly afterMs: number;
  readonly endpoint: string;
  readonly grantType?: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly form?: unknown;
  /** Absent: no answer, or only a part of one. */
  readonly status?: number | undefined;
  /** Why it was refused. */
  readonly explanation?: string | undefined;
  /** The kind of the fault that was applied. */
  readonly fault?: string | undefined;
  /** Where the answer redirects to. */
  readonly location?: string | undefined;
}

/** A check with its verdict. */
export interface CheckResult {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly clause: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** What the client did, or why there is no verdict. */
  readonly explanation: string;
  readonly advice: string;
  /** Ids of the requests that prove the verdict. */
  readonly evidence: readonly number[];
  /** The requests of the check, oldest first: at most 60. */
  readonly requests: readonly ReportedRequest[];
  /** Real time that the check took, in milliseconds. */
  readonly durationMs: number;
  /** Why a failure is expected, if it is. */
  readonly expected?: string | undefined;
}

/** The result of an exam. */
export interface ExamResult {
  /** Name of the provider. */
  readonly provider: string;
  /** From 0 to 100: see docs/explanation/exam.md. Null: too little was seen, or the exam did not end. */
  readonly score: number | null;
  readonly grade: Grade | null;
  /** Number of checks by verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly checks: readonly CheckResult[];
  /** Observations about the exam itself, such as a call that works without a token. */
  readonly notes: readonly string[];
  /** Whether it was ended before its last check. */
  readonly interrupted: boolean;
  /** Whether a call succeeds without the token: what a call shows was not judged, and there is no grade. */
  readonly callsProveNothing: boolean;
  /** The seed of its world. */
  readonly seed: string;
  /** Real time at which it began. */
  readonly startedAt: string;
  /** Real time that it took, in milliseconds. */
  readonly durationMs: number;
  /** Version of Understudy. */
  readonly version: string;
}

import type { Mistake } from '../input/mistake.js';
import type { JsonSource } from './json-source.js';
import type { ExamOrder, ExamReportOptions, ExamState } from './schemas/exam.js';
import type { ExamCheck } from './schemas/exam-result.js';

/** The world in which an exam takes place, and how to reach it. */
export interface ExamPlace {
  /** The URL at which this process reaches the server. */
  readonly url: string;
  readonly worldId: string;
  /** The token that the admin API requires. Undefined: none. */
  readonly token: string | undefined;
  /** Further URLs of the server: the application may know it by any of them. */
  readonly knownAs: readonly string[];
}

/** How an exam is followed while it runs. */
export interface ExamObserver {
  /** Ends the exam with what is known. */
  readonly signal: AbortSignal;
  /** Called when a check begins, and after the last one. */
  readonly onProgress: (step: ExamStep) => void;
}

/** A step of an exam: a check begins, or the last one ended. */
export interface ExamStep {
  /** Number of checks that are done, and of all. */
  readonly done: number;
  readonly total: number;
  /** The check that begins. Undefined: none. */
  readonly next: Pick<ExamCheck, 'id' | 'title' | 'group'> | undefined;
  /** The last check that is done. Undefined: none yet. */
  readonly ended: JsonSource<ExamCheck> | undefined;
}

/** What is known when an exam ended: the checks were told before. */
export type ExamOutcome = Pick<ExamState, 'score' | 'grade'> & {
  readonly notes: readonly string[];
  readonly interrupted: boolean;
  readonly callsProveNothing: boolean;
  /** The seed of its worlds. */
  readonly seed: string;
  readonly startedAt: string;
  /** Real time that it took, in milliseconds. */
  readonly durationMs: number;
  /** Version of Understudy. */
  readonly version: string;
};

/** An exam that ended, for a report. */
export type ExamResultParts = ExamOutcome & {
  readonly provider: string;
  readonly counts: ExamState['counts'];
  readonly checks: readonly JsonSource<ExamCheck>[];
};

/**
 * Makes exams for the admin API. The exam lies above the server in the order of modules, because it reaches worlds by
 * the client library, so the program that opens a server gives it one.
 */
export interface Examiner {
  /** Looks for mistakes in an order before it is accepted, and counts its checks. */
  readonly plan: (order: ExamOrder) => Promise<{ readonly mistakes: readonly Mistake[]; readonly total: number }>;
  /**
   * Makes an exam. The world has its state again afterwards.
   *
   * @throws Error if it cannot be made, with the reason
   */
  readonly examine: (order: ExamOrder, place: ExamPlace, observer: ExamObserver) => Promise<ExamOutcome>;
  /** Writes the report of an exam. */
  readonly report: (result: ExamResultParts, options: ExamReportOptions) => Promise<string>;
}

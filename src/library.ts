import { start as startServer } from './client/index.js';
import { lazyExaminer } from './exam/lazy-examiner.js';
import type { StartOptions, Understudy } from './client/index.js';
import type { ExamOptions } from './exam/exam-options.js';
import type { ExamResult } from './exam/result.js';

export * from './client/index.js';
export type { ConnectTools } from './exam/client-of-functions.js';
export type { ClientCredentials } from './exam/client-under-exam.js';
export type { ExamOptions } from './exam/exam-options.js';
export type { ExamStep } from './admin/examiner.js';
export type { Grade } from './admin/schemas/exam-words.js';
export type { CheckResult, ExamResult, ReportedRequest } from './exam/result.js';
export type { Verdict as ExamVerdict } from './exam/verdict.js';

/**
 * Starts a server in this process, by default on the loopback interface.
 *
 * @throws Error if an option, the scenario or the address is invalid
 */
export function start(options: StartOptions = {}): Promise<Understudy> {
  return startServer(options, { examiner: lazyExaminer });
}

/**
 * Examines a client from login to disconnect, and grades it: an application by its URLs, or a library by functions that
 * connect and call.
 *
 * @throws Error if the first flow does not work, with the reason; or if an option is wrong
 */
export async function exam(options: ExamOptions): Promise<ExamResult> {
  // loaded here, so that other tests do not load it
  const { examine } = await import('./exam/exam.js');
  return await examine(options);
}

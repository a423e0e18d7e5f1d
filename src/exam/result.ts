import type { JsonSource } from '../admin/json-source.js';
import type { ExamCheck, ExamDocument, ExamRequest } from '../admin/schemas/exam-result.js';

/** One request as a report shows it: secrets are fingerprints. */
export type ReportedRequest = JsonSource<ExamRequest>;

/** A check with its verdict. */
export type CheckResult = JsonSource<ExamCheck>;

/** The result of an exam. How it is graded: docs/explanation/exam.md. */
export type ExamResult = JsonSource<ExamDocument>;

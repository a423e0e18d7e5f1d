import { junitXml } from '../../findings/formats/junit-xml.js';
import { groups } from '../check.js';
import { failsExam, isExpected, isStale } from '../failure.js';
import { evidenceLines, gradeText, notesOf } from './phrases.js';
import type { TestCase, TestSuite } from '../../findings/formats/junit-xml.js';
import type { FailOn } from '../../findings/severity.js';
import type { CheckResult, ExamResult } from '../result.js';
import type { ReportOptions } from './report-options.js';

/** A result as JUnit XML, which CI systems read: one test suite for each group, one test case for each check. */
export function junit(result: ExamResult, { failOn }: ReportOptions): string {
  const suites = groups.map((group) => suiteOf(group, result, failOn));
  return junitXml(suites.filter(({ cases }) => cases.length > 0));
}

function suiteOf(group: string, result: ExamResult, failOn: FailOn): TestSuite {
  return {
    name: `understudy.exam.${group}`,
    timestamp: result.startedAt,
    properties: { provider: result.provider, seed: result.seed, result: gradeText(result) },
    cases: result.checks.filter((check) => check.group === group).map((check) => caseOf(check, failOn)),
    output: notesOf(result),
  };
}

function caseOf(check: CheckResult, failOn: FailOn): TestCase {
  const { group, id, title, verdict, severity, durationMs } = check;
  return {
    className: `exam.${group}`,
    name: `${id}: ${title}`,
    outcome: outcomeOf(check, failOn),
    message: messageOf(check),
    type: `${severity}, ${verdict}`,
    text: verdict === 'passed' && !isStale(check) ? '' : textOf(check),
    seconds: durationMs / 1000,
  };
}

function outcomeOf(check: CheckResult, failOn: FailOn): TestCase['outcome'] {
  if (failsExam(check, failOn)) return 'failed';
  const isSkipped = isExpected(check) || ['not-seen', 'not-applicable'].includes(check.verdict);
  return isSkipped ? 'skipped' : 'passed';
}

function messageOf(check: CheckResult): string {
  if (isExpected(check)) return `expected: ${String(check.expected)}`;
  return isStale(check) ? `it passes by now, and was expected to fail: ${String(check.expected)}` : check.explanation;
}

const textOf = (check: CheckResult): string =>
  [
    `${check.verdict} (${check.severity}): ${messageOf(check)}`,
    ...evidenceLines(check),
    check.clause,
    check.advice,
  ].join('\n');

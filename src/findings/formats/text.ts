import { hasRequests } from '../all-reports.js';
import { hasFailed } from '../failure.js';
import {
  clientAndProvider,
  countsText,
  entryLine,
  expectationName,
  forgottenText,
  moreLine,
  nothingText,
  outcomeLines,
  refusedLines,
  subject,
  worldText,
} from './phrases.js';
import type { AllReports } from '../all-reports.js';
import type { CheckedExpectation } from '../expectations.js';
import type { Report } from '../report.js';
import type { Finding } from '../finding.js';
import type { FailOn } from '../severity.js';

/** Lines that belong together. */
type Block = readonly string[];

/** A report for a terminal: plain text without markup and colours. */
export function text(report: Report, failOn: FailOn): string {
  const { judged, findings, suppressed, unused, expectations } = report;
  return written([
    [`${resultText(report, failOn)} (${worldText(report)})`],
    ...(judged.note === undefined ? [] : [[judged.note]]),
    refusedLines(report),
    ...findings.map(findingBlock),
    section('expectations', expectations.flatMap(expectationLines)),
    section(
      'suppressed',
      suppressed.map((finding) => `  ${finding.rule}, ${clientAndProvider(finding)}: ${finding.reason}`),
    ),
    section(
      'unused suppressions',
      unused.map(({ rule, reason }) => `  ${rule}: ${reason}`),
    ),
  ]);
}

function resultText(report: Report, failOn: FailOn): string {
  const failed = hasFailed(report, failOn);
  if (!failed && !hasRequests(report)) return nothingText;
  return `${failed ? 'FAILED' : 'PASSED'}: ${countsText(report.summary, report.judged.entries)}`;
}

/** The reports on all worlds: each world by itself, then their sum. */
export function textOfAll(all: AllReports, failOn: FailOn): string {
  const { worlds, entries } = all.judged;
  const counts = worlds === 0 ? nothingText : countsText(all.summary, entries);
  const sum = [`all worlds: ${counts} (worlds: ${worlds})`, ...forgottenText(all)];
  return [...all.worlds.map((report) => text(report, failOn)), written([sum])].join('\n');
}

function findingBlock(finding: Finding): Block {
  const { severity, rule, verdict, clause, advice, cases, count } = finding;
  return [
    `${severity} ${rule}: ${subject(finding)}, ${count === 1 ? 'once' : `${count} times`}`,
    `  ${verdict}`,
    ...cases.flatMap(({ says, requests }) => [`  - ${says}`, ...requests.map((line) => `      ${entryLine(line)}`)]),
    ...moreLine(finding).map((line) => `  ${line}`),
    `  ${advice} (${clause})`,
  ];
}

function expectationLines(checked: CheckedExpectation): Block {
  const [outcome = '', ...near] = outcomeLines(checked);
  const result = checked.passed ? 'met' : 'not met';
  return [
    `  ${result} (${checked.source}): ${expectationName(checked.expectation)}: ${outcome}`,
    ...near.map((line) => `    ${line}`),
  ];
}

const section = (title: string, lines: Block): Block => (lines.length === 0 ? [] : [`${title}:`, ...lines]);

const written = (blocks: readonly Block[]): string =>
  `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.map(printable).join('\n'))
    .join('\n\n')}\n`;

/** One line, without control characters. Its indentation stays. */
const printable = (line: string): string =>
  line
    .replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '\uFFFD')
    .trimEnd();

import { hasRequests } from '../all-reports.js';
import { fails } from '../failure.js';
import { rules } from '../rules/index.js';
import {
  caseLine,
  clientAndProvider,
  expectationName,
  moreLine,
  nothingText,
  outcomeLines,
  refusedLines,
  subject,
} from './phrases.js';
import { junitXml } from './junit-xml.js';
import type { CheckedExpectation } from '../expectations.js';
import type { Report } from '../report.js';
import type { SuppressedFinding, Finding } from '../finding.js';
import type { FailOn } from '../severity.js';
import type { TestCase, TestSuite } from './junit-xml.js';

/**
 * Reports as JUnit XML, which CI systems read: for each world one test case for each rule and each expectation. Without
 * a request there is one failed test case, because no client was tested.
 */
export function junit(reports: readonly Report[], failOn: FailOn, allowNoRequests: boolean): string {
  if (reports.length > 0) return junitXml(reports.flatMap((report) => suitesOf(report, failOn, allowNoRequests)));
  const cases = [noRequests(allowNoRequests)];
  return junitXml([{ name: 'understudy.findings', properties: {}, cases, output: [] }]);
}

function suitesOf(report: Report, failOn: FailOn, allowNoRequests: boolean): TestSuite[] {
  return [
    suite(
      'findings',
      [
        ...(hasRequests(report) ? ruleCases(report) : [noRequests(allowNoRequests)]),
        ...report.findings.map((finding) => findingCase(finding, failOn)),
        ...report.suppressed.map(suppressedCase),
      ],
      report,
    ),
    suite(
      'expectations',
      report.expectations.map((expectation) => expectationCase(expectation, failOn, report)),
      report,
    ),
  ];
}

/** In place of the rules: without a request, none of them has passed. */
const noRequests = (allowNoRequests: boolean): TestCase => ({
  className: 'findings',
  name: 'requests',
  outcome: allowNoRequests ? 'skipped' : 'failed',
  message: nothingText,
  type: 'requests',
  text: nothingText,
});

/** Rules without findings are passed test cases. */
function ruleCases({ findings, suppressed }: Report): TestCase[] {
  const broken = new Set([...findings, ...suppressed].map(({ rule }) => rule));
  return rules
    .filter(({ id }) => !broken.has(id))
    .map(({ id }) => ({ className: 'findings', name: id, outcome: 'passed', message: '', text: '' }));
}

function findingCase(finding: Finding, failOn: FailOn): TestCase {
  const { rule, severity, verdict, clause, advice, cases } = finding;
  return {
    className: `findings.${finding.provider}`,
    name: `${rule}: ${clientAndProvider(finding)}`,
    outcome: fails(finding, failOn) ? 'failed' : 'passed',
    message: verdict,
    type: severity,
    text: [
      `${severity}: ${verdict} (${subject(finding)})`,
      ...cases.map(caseLine),
      ...moreLine(finding),
      clause,
      advice,
    ].join('\n'),
  };
}

function suppressedCase(finding: SuppressedFinding): TestCase {
  return { ...findingCase(finding, 'never'), outcome: 'skipped', message: `suppressed: ${finding.reason}` };
}

function expectationCase(expectation: CheckedExpectation, failOn: FailOn, report: Report): TestCase {
  const [message = '', ...more] = outcomeLines(expectation);
  const isMet = expectation.passed || failOn === 'never';
  return {
    className: `expectations.${expectation.source}`,
    name: expectationName(expectation.expectation),
    outcome: isMet ? (hasRequests(report) ? 'passed' : 'skipped') : 'failed',
    message: isMet && !hasRequests(report) ? nothingText : message,
    type: 'expectation',
    text: [message, ...more].join('\n'),
  };
}

function suite(name: string, cases: readonly TestCase[], report: Report): TestSuite {
  return {
    name: `understudy.${name}`,
    timestamp: report.at,
    properties: { world: report.world },
    cases,
    output: [
      ...(report.judged.note === undefined ? [] : [report.judged.note]),
      ...(name === 'findings' ? refusedLines(report) : []),
    ],
  };
}

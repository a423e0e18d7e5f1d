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
import type { CheckedExpectation } from '../expectations.js';
import type { Report } from '../report.js';
import type { SuppressedFinding, Finding } from '../finding.js';
import type { FailOn } from '../severity.js';

interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** One line, shown in lists of failures. */
  readonly message: string;
  readonly type?: string;
  readonly text: string;
}

/** Reports as JUnit XML, which CI systems read: for each world one test case for each rule and each expectation. */
export function junit(reports: readonly Report[], failOn: FailOn): string {
  const suites = reports.flatMap((report) => suitesOf(report, failOn));
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ' + `name="understudy">\n${suites.join('\n')}\n</testsuites>\n`
  );
}

function suitesOf(report: Report, failOn: FailOn): string[] {
  return [
    suite(
      'findings',
      [
        ...ruleCases(report),
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

/** Rules without findings are passed test cases. Without a request, no rule has passed. */
function ruleCases(report: Report): TestCase[] {
  const { findings, suppressed } = report;
  if (!hasRequests(report)) {
    return [{ className: 'findings', name: 'requests', outcome: 'skipped', message: nothingText, text: '' }];
  }
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

function suite(name: string, cases: readonly TestCase[], report: Report): string {
  const count = (outcome: TestCase['outcome']): number => cases.filter((each) => each.outcome === outcome).length;
  const output = [
    ...(report.judged.note === undefined ? [] : [report.judged.note]),
    ...(name === 'findings' ? refusedLines(report) : []),
  ];
  const attributes = {
    name: `understudy.${name}`,
    tests: cases.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('skipped'),
    time: 0,
    timestamp: report.at.slice(0, 19),
  };
  const head =
    `  <testsuite${written(attributes)}>\n    <properties>\n      ` +
    `<property${written({ name: 'world', value: report.world })}/>\n    </properties>`;
  return [
    head,
    ...cases.map(testCase),
    ...(output.length === 0 ? [] : [`    <system-out>${escaped(output.join('\n'))}</system-out>`]),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ className, name, outcome, message, type = '', text }: TestCase): string {
  const head = `    <testcase${written({ classname: className, name, time: 0 })}`;
  if (outcome === 'skipped') return `${head}><skipped${written({ message })}/></testcase>`;
  if (outcome === 'failed') {
    return `${head}><failure${written({ message, type })}>${escaped(text)}</failure></testcase>`;
  }
  return text === '' ? `${head}/>` : `${head}><system-out>${escaped(text)}</system-out></testcase>`;
}

function written(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  }),
);

/** XML 1.0 §2.2 forbids control characters and lone surrogates, even as character references. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities.get(character) as string);
}

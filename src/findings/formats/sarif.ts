import { rules } from '../rules/index.js';
import { hasRequests } from '../all-reports.js';
import { caseLine, expectationName, moreLine, nothingText, outcomeLines, refusedLines, subject } from './phrases.js';
import { fileLocation, sarifLog, sarifTool, suppression, warning } from './sarif-log.js';
import type { CheckedExpectation } from '../expectations.js';
import type { Report } from '../report.js';
import type { SuppressedFinding, Finding } from '../finding.js';
import type { FailOn } from '../severity.js';

const expectationRule = 'expectation';
const requestsRule = 'requests';

/**
 * Reports as SARIF 2.1.0, which code scanning reads: one run for all worlds. Without a request there is one failed
 * result, because no client was tested.
 */
export function sarif(reports: readonly Report[], failOn: FailOn, allowNoRequests: boolean): string {
  const isTested = reports.some(hasRequests);
  const sum = (count: (report: Report) => number): number => reports.reduce((total, each) => total + count(each), 0);
  const [only] = reports.length === 1 ? reports : [];
  const run = {
    tool: sarifTool(describedRules()),
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: reports
          .map(({ at }) => at)
          .sort()
          .at(-1),
        toolExecutionNotifications: isTested ? reports.flatMap(notifications) : [warning(nothingText)],
      },
    ],
    columnKind: 'utf16CodeUnits',
    properties: {
      ...(only === undefined
        ? { worlds: reports.map(({ world }) => world) }
        : { world: only.world, scenario: only.scenario }),
      entries: sum(({ judged }) => judged.entries),
      dropped: sum(({ judged }) => judged.dropped),
    },
    results: [
      ...(isTested || allowNoRequests ? [] : [noRequests]),
      ...reports.flatMap(({ world, findings, suppressed, expectations }) => [
        ...findings.map((finding) => result(finding, world)),
        ...suppressed.map((finding) => suppressedResult(finding, world)),
        ...expectations.map((each) => expectationResult(each, world, failOn)),
      ]),
    ],
  };
  return sarifLog(run);
}

/** What a reader must know beside the results: dropped entries, and refused requests. */
function notifications(report: Report): object[] {
  const { judged, world } = report;
  const refused = refusedLines(report);
  return [
    ...(judged.note === undefined ? [] : [warning(judged.note)]),
    ...(refused.length === 0
      ? []
      : [
          {
            level: 'note',
            message: { text: [`world ${world}: ${String(refused[0])}`, ...refused.slice(1)].join('\n') },
          },
        ]),
  ];
}

function describedRules(): object[] {
  const described = rules.map(({ id, severity, verdict, clause, advice, spares }) => ({
    id,
    shortDescription: { text: verdict },
    fullDescription: { text: `${verdict} ${clause}.` },
    help: { text: `${advice} ${spares}` },
    defaultConfiguration: { level: severity },
    properties: { tags: ['oauth2', 'security'], clause },
  }));
  return [
    ...described,
    {
      id: expectationRule,
      shortDescription: { text: 'An expectation about the requests of the client.' },
      defaultConfiguration: { level: 'error' },
    },
    {
      id: requestsRule,
      shortDescription: { text: 'A client that is tested makes requests.' },
      defaultConfiguration: { level: 'error' },
    },
  ];
}

const ids = [...rules.map(({ id }) => id), expectationRule, requestsRule];
const indexOf = (ruleId: string): number => ids.indexOf(ruleId);

function result(finding: Finding, world: string): object {
  const { rule, severity, verdict, advice, provider, clientId, evidence, cases } = finding;
  return {
    ruleId: rule,
    ruleIndex: indexOf(rule),
    level: severity,
    message: {
      text: [`${verdict} (${subject(finding)})`, ...cases.map(caseLine), ...moreLine(finding), advice].join('\n'),
    },
    locations: evidence.slice(0, 1).map((id) => location(world, id, provider)),
    relatedLocations: evidence.slice(1).map((id) => location(world, id, provider)),
    // Identifies the same finding in the next run.
    partialFingerprints: { 'understudy/v1': [rule, provider, clientId ?? ''].join('|') },
    properties: { provider, clientId, userIds: finding.userIds, count: finding.count },
  };
}

function suppressedResult(finding: SuppressedFinding, world: string): object {
  return {
    ...result(finding, world),
    suppressions: [suppression(finding.reason)],
  };
}

function expectationResult(checked: CheckedExpectation, world: string, failOn: FailOn): object {
  const text = [expectationName(checked.expectation), ...outcomeLines(checked)].join('\n');
  const shown = checked.nearMisses[0] ?? checked.matched.at(-1);
  return {
    ruleId: expectationRule,
    ruleIndex: indexOf(expectationRule),
    // SARIF 2.1.0 §3.27.10: the level of a result that is not a failure is `none`.
    ...(checked.passed
      ? { kind: 'pass', level: 'none' }
      : { kind: 'fail', level: failOn === 'never' ? 'note' : 'error' }),
    message: { text },
    locations: [location(world, shown?.entry, checked.source)],
    properties: { source: checked.source },
  };
}

const noRequests = {
  ruleId: requestsRule,
  ruleIndex: indexOf(requestsRule),
  level: 'error',
  message: { text: nothingText },
  locations: [location('default', undefined, requestsRule)],
};

/** The location is the URL of the journal entry, relative to the server. */
function location(world: string, id: number | undefined, name: string): object {
  const journal = `${world === 'default' ? '' : `w/${world}/`}__admin/journal`;
  return fileLocation(id === undefined ? journal : `${journal}/${id}`, name);
}

import { hasRequests } from '../all-reports.js';
import { hasFailed } from '../failure.js';
import { escapeMarkdown } from '../../input/markdown-text.js';
import {
  clientAndProvider,
  countsText,
  entryLine,
  expectationName,
  forgottenText,
  isAllRefused,
  moreLine,
  nothingText,
  outcomeLines,
  refusedForText,
  refusedText,
  subject,
  worldText,
} from './phrases.js';
import type { AllReports } from '../all-reports.js';
import type { CheckedExpectation } from '../expectations.js';
import type { Report } from '../report.js';
import type { Finding, FindingCase } from '../finding.js';
import type { FailOn } from '../severity.js';

/** A report for a job summary or a comment. */
export function markdown(report: Report, failOn: FailOn): string {
  const { judged, findings, suppressed, unused, expectations } = report;
  const blocks = [
    `## ${resultText(report, failOn)} (${escapeMarkdown(worldText(report))})` +
      (isLetOff(report, failOn) ? '; the run does not fail (never)' : ''),
    ...(judged.note === undefined ? [] : [`> ⚠️ ${escapeMarkdown(judged.note)}`]),
    ...refusedBlocks(report),
    ...(findings.length === 0 ? [] : [overview(findings), ...findings.map(details)]),
    ...(expectations.length === 0 ? [] : ['### Expectations', expectations.map(expectationLine).join('\n')]),
    ...(suppressed.length === 0
      ? []
      : [
          '### Suppressed',
          suppressed
            .map(
              (finding) =>
                `- \`${finding.rule}\` (${escapeMarkdown(clientAndProvider(finding))}): ` +
                escapeMarkdown(finding.reason),
            )
            .join('\n'),
        ]),
    ...(unused.length === 0
      ? []
      : [
          '### Unused suppressions',
          unused.map(({ rule, reason }) => `- \`${rule}\`: ${escapeMarkdown(reason)}`).join('\n'),
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The reports on all worlds: their sum, then each world of its own. */
export function markdownOfAll(all: AllReports, failOn: FailOn): string {
  const failed = all.worlds.some((report) => hasFailed(report, failOn));
  const head =
    (all.judged.worlds === 0
      ? `# ⚠️ Understudy: ${nothingText}`
      : `# ${failed ? '❌' : '✅'} Understudy: ${countsText(all.summary, all.judged.entries)}`) +
    ` (worlds: ${all.judged.worlds})`;
  return [head, ...forgottenText(all), ...all.worlds.map((report) => markdown(report, failOn).trimEnd())]
    .map((block) => `${block}\n`)
    .join('\n');
}

function resultText(report: Report, failOn: FailOn): string {
  const failed = hasFailed(report, failOn);
  if (!failed && !hasRequests(report)) return `⚠️ Understudy: ${nothingText}`;
  const sign = failed ? '❌' : isAllRefused(report) ? '⚠️' : '✅';
  return `${sign} Understudy: ${countsText(report.summary, report.judged.entries)}`;
}

/** The refused requests, also those that no finding names. */
function refusedBlocks(report: Report): string[] {
  const { reasons = [], more = 0 } = report.refused ?? {};
  return [
    ...refusedText(report).map((text) => `${escapeMarkdown(text)}:`),
    ...(reasons.length === 0
      ? []
      : [reasons.map((reason) => `- ${escapeMarkdown(refusedForText(reason))}`).join('\n')]),
    ...(more === 0 ? [] : [`… and ${more} more`]),
  ];
}

/** Whether the run would have failed without `--fail-on never`. */
const isLetOff = (report: Report, failOn: FailOn): boolean => failOn === 'never' && hasFailed(report, 'error');

const signs = { error: '🔴 error', warning: '🟠 warning', note: '🔵 note' } as const;

function overview(findings: readonly Finding[]): string {
  const rows = findings.map(
    (finding) =>
      `| ${signs[finding.severity]} | \`${finding.rule}\` | ${escapeMarkdown(clientAndProvider(finding))} | ` +
      `${finding.count} |`,
  );
  return ['| severity | rule | client | times |', '|---|---|---|---|', ...rows].join('\n');
}

function details(finding: Finding): string {
  const { rule, verdict, clause, advice, cases } = finding;
  return [
    `### \`${rule}\``,
    `**${escapeMarkdown(verdict)}** ${escapeMarkdown(subject(finding))}.`,
    [...cases.flatMap(caseLines), ...moreLine(finding).map((line) => `- ${escapeMarkdown(line)}`)].join('\n'),
    `${escapeMarkdown(advice)} (${escapeMarkdown(clause)})`,
  ].join('\n\n');
}

const caseLines = ({ says, requests }: FindingCase): string[] => [
  `- ${escapeMarkdown(says)}`,
  ...requests.map((line) => `  - ${escapeMarkdown(entryLine(line))}`),
];

function expectationLine(checked: CheckedExpectation): string {
  const [outcome = '', ...near] = outcomeLines(checked);
  return [
    `- ${checked.passed ? '✅' : '❌'} ${escapeMarkdown(expectationName(checked.expectation))} ` +
      `(${checked.source}): ${escapeMarkdown(outcome)}`,
    ...near.map((line) => `  - ${escapeMarkdown(line)}`),
  ].join('\n');
}

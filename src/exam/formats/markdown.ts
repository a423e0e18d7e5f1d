import { escapeMarkdown } from '../../input/markdown-text.js';
import { examOutcome } from '../failure.js';
import { verdicts } from '../verdict.js';
import { byReason, expectations, toFix } from './lists.js';
import { evidenceLines, gradeText, lengthText, notesOf, outcomeText, verdictWords } from './phrases.js';
import type { ExamOutcome } from '../failure.js';
import type { CheckResult, ExamResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import type { ReportOptions } from './report-options.js';

const signs: Readonly<Record<Verdict, string>> = {
  failed: '🔴',
  unsteady: '🟣',
  warned: '🟠',
  'not-seen': '⚪',
  passed: '🟢',
  'not-applicable': '⚪',
};

const outcomeSigns: Readonly<Record<ExamOutcome, string>> = { passes: '✅', fails: '❌', undecided: '⚪' };

/** A result for the job summary of a CI system or a comment. What needs no action is collapsed. */
export function markdown(result: ExamResult, { failOn }: ReportOptions): string {
  const { provider, checks, counts } = result;
  const sign = outcomeSigns[examOutcome(result, failOn)];
  const seen = verdicts.filter((verdict) => counts[verdict] > 0);
  const problems = toFix(checks);
  const blocks = [
    `## ${sign} Understudy exam at ${escapeMarkdown(provider)}: ${gradeText(result)}`,
    `${lengthText(result)}; ${outcomeText(result, failOn)}.`,
    ['| verdict | checks |', '|---|---|', ...seen.map((each) => `| ${named(each)} | ${counts[each]} |`)].join('\n'),
    ...notesOf(result).map((note) => `> ⚠️ ${escapeMarkdown(note)}`),
    ...(problems.length === 0 ? [] : ['### What to fix', ...problems.map(problem)]),
    ...[...expectations(checks)].map(([title, list]) =>
      collapsed(
        title,
        list.map(({ id, expected }) => `- \`${id}\`: ${escapeMarkdown(String(expected))}`),
      ),
    ),
    ...(['not-seen', 'not-applicable'] as const).map((verdict) => unjudged(checks, verdict)),
    collapsed(
      named('passed'),
      checks
        .filter(({ verdict }) => verdict === 'passed')
        .map(({ id, title }) => `- \`${id}\`: ${escapeMarkdown(title)}`),
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const named = (verdict: Verdict): string => `${signs[verdict]} ${verdictWords[verdict]}`;

function problem(check: CheckResult): string {
  const { verdict, severity, id, title, explanation, clause, advice } = check;
  return [
    `#### ${signs[verdict]} \`${id}\` (${verdict}, ${severity})`,
    `${escapeMarkdown(title)}. **${escapeMarkdown(explanation)}**`,
    evidenceLines(check)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join('\n'),
    `${escapeMarkdown(advice)} (${escapeMarkdown(clause)})`,
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** Checks without a verdict, in one line for each reason. */
function unjudged(checks: readonly CheckResult[], verdict: Verdict): string {
  const reasons = [...byReason(checks, verdict)];
  return collapsed(
    named(verdict),
    reasons.map(([reason, ids]) => `- ${ids.map((id) => `\`${id}\``).join(', ')}: ${escapeMarkdown(reason)}`),
  );
}

/** A list that a click opens. Empty: the list is empty. The blank lines make its content Markdown. */
const collapsed = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>'].join('\n');

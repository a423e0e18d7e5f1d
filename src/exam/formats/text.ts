import { printable } from '../../input/printable.js';
import { byReason, expectations, toFix } from './lists.js';
import { countsText, evidenceLines, gradeText, lengthText, notesOf, outcomeText, verdictWords } from './phrases.js';
import type { CheckResult, ExamResult } from '../result.js';
import type { Verdict } from '../verdict.js';
import type { ReportOptions } from './report-options.js';

/** Columns of a line. Words that are longer, such as URLs, stay whole. */
const columns = 120;

/** The end of an exam on a terminal: what to do, what was not seen, and last the grade. Plain text without colours. */
export function text(result: ExamResult, { failOn }: ReportOptions): string {
  const { checks, provider } = result;
  const blocks = [
    ...toFix(checks).map(problem),
    ...[...expectations(checks)].map(([title, list]) => [
      `${title}:`,
      ...list.flatMap(({ id, expected }) => wrapped(`${id}: ${String(expected)}`, '  ', '    ')),
    ]),
    unjudged(checks, 'not-seen'),
    unjudged(checks, 'not-applicable'),
    notesOf(result).flatMap((note) => wrapped(`note: ${note}`)),
    [
      ...wrapped(`${lengthText(result)}: ${countsText(result)}`),
      ...wrapped(`${provider}: ${gradeText(result)}; ${outcomeText(result, failOn)}`),
    ],
  ];
  return `${blocks
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function problem(check: CheckResult): string[] {
  const { verdict, severity, id, title, explanation, clause, advice } = check;
  return [
    ...wrapped(`${verdict} ${id} (${severity}): ${title}`),
    ...wrapped(explanation, '  '),
    ...evidenceLines(check).flatMap((line) => wrapped(line, '  - ', '    ')),
    ...wrapped(`${advice} (${clause})`, '  '),
  ];
}

/** Checks without a verdict, in one line for each reason. */
function unjudged(checks: readonly CheckResult[], verdict: Verdict): string[] {
  const reasons = [...byReason(checks, verdict)];
  const lines = reasons.flatMap(([reason, ids]) => wrapped(`${ids.join(', ')}: ${reason}`, '  ', '    '));
  return lines.length === 0 ? [] : [`${verdictWords[verdict]}:`, ...lines];
}

/** A text in lines, broken between words, without control characters. Lines begin with `first`, then with `others`. */
function wrapped(said: string, first = '', others = first): string[] {
  const lines: string[] = [];
  for (const word of said.trim().split(/\s+/).map(printable)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && longer.length <= columns - others.length) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines.map((line, i) => (i === 0 ? first : others) + line);
}

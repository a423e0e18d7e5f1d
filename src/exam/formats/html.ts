import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../package.js';
import { groups } from '../check.js';
import { examOutcome } from '../failure.js';
import { verdicts } from '../verdict.js';
import { anchorOf, checkDetails, writtenCheck } from './html/check.js';
import { cut, markup, Markup } from './html/markup.js';
import { roomBytes, roomFor } from './html/room.js';
import { expectations, toFix } from './lists.js';
import { gradeText, groupTitles, lengthText, notesOf, outcomeText, verdictWords } from './phrases.js';
import type { CheckResult, ExamResult } from '../result.js';
import type { WrittenCheck } from './html/check.js';
import type { ReportOptions } from './report-options.js';

/** Maximum number of characters of an explanation in a list, and of the seed. */
const [explanationLimit, seedLimit] = [400, 60];

/** A result as one HTML file to send around. It needs no script and loads nothing. */
export function html(result: ExamResult, options: ReportOptions): string {
  const written = result.checks.map(writtenCheck);
  const empty = written.map((each) => Buffer.byteLength(checkDetails(each, 0).text));
  const room = roomFor(
    written.map(({ size }) => size),
    roomBytes - empty.reduce((total, size) => total + size, 0),
  );
  const title = `Understudy exam at ${result.provider}: ${gradeText(result)}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style()}</style>
</head>
<body>
${head(result, options)}
<main>
${fixes(result.checks)}${[...expectations(result.checks)].map(([name, list]) => expected(name, list))}${groups.map(
    (group) =>
      groupSection(
        groupTitles[group],
        written.filter(({ check }) => check.group === group),
        room,
      ),
  )}</main>
${foot(result)}
</body>
</html>
`.text;
}

/** The style sheets of the package: the palette of the pages and the panel, and the file's own. */
const style = (): Markup =>
  new Markup(
    ['palette.css', 'exam.css'].map((name) => readFileSync(join(packageFolder, 'views', name), 'utf8')).join('\n'),
  );

function head(result: ExamResult, { failOn }: ReportOptions): Markup {
  const { provider, grade, score, counts } = result;
  return markup`<header>
<p class="grade grade-${grade ?? 'none'}" aria-hidden="true">${grade ?? '–'}</p>
<div>
<h1>OAuth exam at ${provider}</h1>
<p class="score">${gradeText(result)}</p>
${score === null ? undefined : markup`<meter aria-label="Score" min="0" max="100" value="${score}">${score}</meter>`}
<p class="outcome ${examOutcome(result, failOn)}">${outcomeText(result, failOn)}</p>
</div>
<ul class="counts">${verdicts.map(
    (verdict) =>
      markup`<li class="${counts[verdict] === 0 ? 'zero' : verdict}"><b>${counts[verdict]}</b>
${verdictWords[verdict]}</li>`,
  )}</ul>
${notesOf(result).map((note) => markup`<p class="note">${cut(note, explanationLimit)}</p>`)}</header>`;
}

/** The checks that need an action, with links to them. */
function fixes(checks: readonly CheckResult[]): Markup | undefined {
  const problems = toFix(checks);
  if (problems.length === 0) return undefined;
  return markup`<section aria-labelledby="fix">
<h2 id="fix">What to fix</h2>
<ol class="fix">${problems.map(
    (check) => markup`<li class="${check.verdict}">
<p><span class="verdict">${verdictWords[check.verdict]}</span> <a href="#${anchorOf(check)}">${check.title}</a></p>
<p>${cut(check.explanation, explanationLimit)}</p>
<p class="advice">${check.advice}</p></li>`,
  )}</ol>
</section>
`;
}

function expected(name: string, list: readonly CheckResult[]): Markup {
  return markup`<section>
<h2>${name}</h2>
<ul class="fix">${list.map(
    (check) => markup`<li><p><a href="#${anchorOf(check)}">${check.title}</a></p>
<p>${cut(String(check.expected), explanationLimit)}</p></li>`,
  )}</ul>
</section>
`;
}

function groupSection(title: string, checks: readonly WrittenCheck[], room: number): Markup | undefined {
  if (checks.length === 0) return undefined;
  const passed = checks.filter(({ check }) => check.verdict === 'passed').length;
  return markup`<section>
<h2>${title} <small>${passed} of ${checks.length} passed</small></h2>
${checks.map((each) => checkDetails(each, room))}</section>
`;
}

function foot(result: ExamResult): Markup {
  const { startedAt, version, seed } = result;
  const minute = startedAt.slice(0, 16).replace('T', ' ');
  return markup`<footer>
<p>${lengthText(result)} on <time datetime="${startedAt}">${minute} UTC</time>, by Understudy ${version},
seed <code>${cut(seed, seedLimit)}</code>. Secrets are shown as fingerprints: equal ones are equal secrets.</p>
</footer>`;
}

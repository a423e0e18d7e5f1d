import { formatDuration } from '../../input/duration.js';
import { severities } from '../../findings/severity.js';
import { examOutcome, failsExam, isStale } from '../failure.js';
import { verdicts } from '../verdict.js';
import type { FailOn } from '../../findings/severity.js';
import type { Group } from '../check.js';
import type { CheckResult, ExamResult, ReportedRequest } from '../result.js';
import type { Verdict } from '../verdict.js';

/** The verdicts in words. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  failed: 'failed',
  unsteady: 'unsteady',
  warned: 'warned',
  'not-seen': 'not seen',
  passed: 'passed',
  'not-applicable': 'not for this provider',
};

/** The groups in words. */
export const groupTitles: Readonly<Record<Group, string>> = {
  request: 'Authorization request',
  callback: 'Callback',
  'token-request': 'Token request',
  'token-answer': 'Token answer',
  life: 'Expiry and refresh',
  api: 'Calls of the API',
  people: 'Several people',
  end: 'End of a connection',
};

/** The grade and the score in words. */
export function gradeText({ grade, score, interrupted, callsProveNothing }: ExamResult): string {
  if (grade !== null) return `grade ${grade}, score ${String(score)} of 100`;
  if (interrupted) return 'no grade: the exam did not end';
  return callsProveNothing ? 'no grade: the calls prove nothing' : 'no grade: too little was seen';
}

/** How many checks of an exam had which verdict: `2 failed, 71 passed`. */
export function countsText({ counts }: ExamResult): string {
  const seen = verdicts.filter((verdict) => counts[verdict] > 0);
  return seen.map((verdict) => `${counts[verdict]} ${verdictWords[verdict]}`).join(', ') || 'no check was made';
}

/** How many checks an exam made, and how long it took. */
export const lengthText = ({ checks, durationMs }: ExamResult): string =>
  `${plural(checks.length, 'check')} in ${formatDuration(Math.round(durationMs / 1000))}`;

/** Whether the run fails, and why. */
export function outcomeText(result: ExamResult, failOn: FailOn): string {
  const outcome = examOutcome(result, failOn);
  if (outcome === 'undecided') {
    return result.interrupted ? 'the run was ended before it could pass' : 'the run proves too little to pass';
  }
  if (outcome === 'passes') {
    return failOn === 'never' ? 'the run never fails' : `the run passes: no failure of ${reach(failOn)}`;
  }
  const failing = result.checks.filter((check) => failsExam(check, failOn));
  const stale = failing.filter(isStale).length;
  const broken = failing.length - stale;
  const reasons = [
    ...(broken === 0 ? [] : [`${plural(broken, 'failure')} of ${reach(failOn)}`]),
    ...(stale === 0 ? [] : [plural(stale, 'stale expectation')]),
  ];
  return `the run fails: ${reasons.join(', ')}`;
}

/** The severities that fail a run. */
const reach = (failOn: FailOn): string => `severity ${failOn}${failOn === severities[0] ? '' : ' or above'}`;

/** The sentences about the exam as a whole. */
export const notesOf = ({ notes, interrupted }: ExamResult): readonly string[] => [
  ...notes,
  ...(interrupted ? ['The exam was ended before its last check.'] : []),
];

/** The most requests that prove a verdict in a text. The HTML file has more. */
const evidenceLimit = 8;

/** The requests that prove a verdict, as lines. */
export function evidenceLines({ evidence, requests }: CheckResult): string[] {
  const proof = requests.filter(({ entry }) => evidence.includes(entry));
  const more = proof.length - evidenceLimit;
  return [...proof.slice(0, evidenceLimit).map(requestLine), ...(more > 0 ? [`… and ${more} more`] : [])];
}

/** A request as a line: `request 6: POST /v1/oauth/token (authorization_code) → 200`. */
function requestLine({ entry, method, path, grantType, ...answer }: ReportedRequest): string {
  const grant = grantType === undefined ? '' : ` (${grantType})`;
  return `request ${entry}: ${method} ${path}${grant} → ${answerText(answer)}`;
}

/** The answer to a request: its status, the fault in it, and where it redirects to. */
export function answerText({
  status,
  fault,
  location,
}: Pick<ReportedRequest, 'status' | 'fault' | 'location'>): string {
  return [
    status ?? 'no answer',
    ...(location === undefined ? [] : [`to ${location}`]),
    ...(fault === undefined ? [] : [`(fault ${fault})`]),
  ].join(' ');
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

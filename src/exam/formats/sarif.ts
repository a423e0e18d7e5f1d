import { fileLocation, sarifLog, sarifTool, suppression, warning } from '../../findings/formats/sarif-log.js';
import { isExpected, isStale } from '../failure.js';
import { isBroken, isToFix } from '../verdict.js';
import { evidenceLines, notesOf } from './phrases.js';
import type { CheckResult, ExamResult } from '../result.js';

/** A result as SARIF 2.1.0, which code scanning reads: the rules are the checks, the results what is to be fixed. */
export function sarif(result: ExamResult): string {
  const { provider, checks, score, grade, counts, seed, startedAt, durationMs } = result;
  const stale = checks.filter(isStale).map(({ id, expected }) => `${id} passes by now. Expected: ${String(expected)}`);
  return sarifLog({
    tool: sarifTool(checks.map(ruleOf)),
    invocations: [
      {
        executionSuccessful: !result.interrupted,
        startTimeUtc: startedAt,
        endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
        toolExecutionNotifications: [...notesOf(result), ...stale].map(warning),
      },
    ],
    columnKind: 'utf16CodeUnits',
    properties: { provider, score, grade, counts, seed },
    results: checks.flatMap((check, i) => (isToFix(check) ? [found(check, i, provider)] : [])),
  });
}

const ruleOf = ({ id, title, clause, severity, advice, group }: CheckResult): object => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: `${title} (${clause}).` },
  help: { text: advice },
  defaultConfiguration: { level: severity },
  properties: { tags: ['oauth2', 'security', group], clause },
});

function found(check: CheckResult, ruleIndex: number, provider: string): object {
  const { id, group, severity, verdict, explanation, advice, evidence } = check;
  return {
    ruleId: id,
    ruleIndex,
    // a client that was warned broke no clause, so it is no error
    level: !isBroken(check) && severity === 'error' ? 'warning' : severity,
    message: { text: [explanation, ...evidenceLines(check), advice].join('\n') },
    locations: [fileLocation(`exam/${group}/${id}`, provider)],
    // Identifies the same result in the next run.
    partialFingerprints: { 'understudy/v1': `exam|${id}|${provider}` },
    properties: { provider, verdict, evidence },
    ...(isExpected(check) ? { suppressions: [suppression(String(check.expected))] } : {}),
  };
}

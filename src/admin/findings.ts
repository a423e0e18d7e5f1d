import { suggest } from '../input/did-you-mean.js';
import { ruleIds } from '../world/scenario/schema/suppression.js';
import { invalid } from './admin-error.js';
import { RawAnswer, defineRoute } from './route.js';
import { ReportQuery, ReportView } from './schemas/findings.js';
import type { Mistake } from '../input/mistake.js';
import type { RuleId, Suppression } from '../world/scenario/schema/suppression.js';
import type { JsonSource } from './json-source.js';
import type { Report } from './schemas/findings.js';

/** Reads `rule: reason`, with all mistakes at once. */
function readSuppressions(given: string | readonly string[] = []): Suppression[] {
  const mistakes: Mistake[] = [];
  const suppressions = (typeof given === 'string' ? [given] : given).flatMap((text) => {
    const [, rule = '', reason = ''] = /^\s*([^:\s]+)\s*:\s*(\S.*)$/s.exec(text) ?? [];
    if (isRule(rule)) return [{ rule, reason: reason.trim() }];
    mistakes.push({
      path: 'suppress',
      message:
        rule === ''
          ? `expected "rule: reason", got ${JSON.stringify(text)}`
          : `there is no rule ${JSON.stringify(rule)}${suggest(rule, ruleIds)}`,
    });
    return [];
  });
  if (mistakes.length > 0) throw invalid(mistakes);
  return suppressions;
}

const isRule = (word: string): word is RuleId => (ruleIds as readonly string[]).includes(word);

/** The call for findings. The rules are loaded with the first call, so serving a client does not load them. */
export const findingsRoutes = [
  defineRoute({
    method: 'GET',
    path: '/findings',
    tag: 'findings',
    summary: 'Report what the clients of this world did wrong, with evidence, and which expectations were met',
    query: ReportQuery,
    answers: { 200: ReportView },
    async handle({ world, query: { format = 'json', severity, failOn = 'error', suppress } }) {
      const [{ judge }, { formats }] = await Promise.all([
        import('../findings/report.js'),
        import('../findings/formats/index.js'),
      ]);
      const report = judge(world, { severity, suppress: readSuppressions(suppress) });
      const { mediaType, write } = formats[format];
      return new RawAnswer(mediaType, write(report satisfies JsonSource<Report>, failOn));
    },
  }),
];

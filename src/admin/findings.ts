import { Type } from 'typebox';
import { inSlices } from '../world/slices.js';
import { suggest } from '../input/did-you-mean.js';
import { findingIds } from '../findings/finding-ids.js';
import { invalid } from './admin-error.js';
import { RawAnswer, defineRoute } from './route.js';
import { AllReportsView, ReportQuery, ReportView } from './schemas/findings.js';
import type { Mistake } from '../input/mistake.js';
import type { Suppression } from '../world/scenario/schema/suppression.js';
import type { JsonSource } from './json-source.js';
import type { AllReports, Report } from './schemas/findings.js';

/** Parses suppressions of the form `rule: reason`. Throws a 400 with all mistakes. */
async function readSuppressions(given: string | readonly string[] = []): Promise<Suppression[]> {
  const known = await findingIds();
  const mistakes: Mistake[] = [];
  const suppressions = (typeof given === 'string' ? [given] : given).flatMap((text) => {
    const [, rule = '', reason = ''] = /^\s*([^:\s]+)\s*:\s*(\S.*)$/s.exec(text) ?? [];
    if (known.includes(rule)) return [{ rule, reason: reason.trim() }];
    mistakes.push({
      path: 'suppress',
      message:
        rule === ''
          ? `expected "rule: reason", got ${JSON.stringify(text)}`
          : `there is no rule ${JSON.stringify(rule)}${suggest(rule, known)}`,
    });
    return [];
  });
  if (mistakes.length > 0) throw invalid(mistakes);
  return suppressions;
}

/** The call for findings. The rules are loaded at the first call, so that serving clients does not load them. */
export const findingsRoutes = [
  defineRoute({
    method: 'GET',
    path: '/findings',
    tag: 'findings',
    summary:
      'Report the findings about the clients of this world or of all worlds, with evidence, and the results of the ' +
      'expectations',
    query: ReportQuery,
    answers: { 200: Type.Union([ReportView, AllReportsView]) },
    async handle({ world, worlds, ended, query }) {
      const { format = 'json', severity, failOn = 'error', suppress } = query;
      const options = { severity, suppress: await readSuppressions(suppress) };
      const [{ judge, reportOn }, { allReports }, { formats }] = await Promise.all([
        import('../findings/report.js'),
        import('../findings/all-reports.js'),
        import('../findings/formats/index.js'),
      ]);
      const { mediaType, write, writeAll } = formats[format];
      if (query.worlds !== 'all') {
        const report = await inSlices(judge(world, options));
        return new RawAnswer(mediaType, write(report satisfies JsonSource<Report>, failOn));
      }
      const reports = (await ended.list()).map((judgement) => reportOn(judgement, options));
      for (const each of worlds.list()) {
        if (each.journal.size > 0) reports.push(await inSlices(judge(each, options)));
      }
      const all = allReports(reports, ended.forgotten);
      return new RawAnswer(mediaType, writeAll(all satisfies JsonSource<AllReports>, failOn));
    },
  }),
];

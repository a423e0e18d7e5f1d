import { readOptions } from '../config/option.js';
import { groups } from '../exam/check.js';
import { examOutcome } from '../exam/failure.js';
import { examFormats } from '../exam/formats/index.js';
import { examFormatNames } from '../exam/formats/names.js';
import { selectChecks } from '../exam/select-checks.js';
import { holdSignals } from '../run/held-signals.js';
import { readReportFiles, refuseUnwritable, writeReportFile } from '../run/report-files.js';
import { defineCommand } from './command.js';
import { conductExam } from './conduct-exam.js';
import { readExamFile, readExpectedFailures } from './exam-file.js';
import { examOptions } from './exam-options.js';
import { examPlan } from './exam-plan.js';
import { Interruption } from './interruption.js';
import { progressDisplay } from './progress-display.js';
import type { Check } from '../exam/check.js';
import type { ExamResult } from '../exam/result.js';

/** `understudy exam`: examines an application from login to disconnect, and grades it. */
export const examCommand = defineCommand({
  name: 'exam',
  summary: 'Examine an application as an OAuth client, from login to disconnect, and grade it',
  argument: '[FILE]',
  following: '[-- COMMAND...]',
  options: examOptions,
  async run(own, surroundings, { args: [file], following, given }) {
    const { env, out, err, onSignal } = surroundings;
    const read = file === undefined ? undefined : readExamFile(file);
    // the command line wins over the file, also by a command after --
    const command = following.length > 0 ? { command: undefined } : {};
    const values = read === undefined ? own : readOptions(examOptions, { ...read.given, ...command, ...given }, env);
    const { expectedFailures: expectedFile } = values;
    const failures = expectedFile === undefined ? (read?.expected ?? []) : readExpectedFailures(expectedFile);
    const expected = new Map(failures.map(({ id, reason }) => [id, reason]));
    const checks = selectChecks(values);
    if (values.list) {
      for (const line of listOf(checks)) out(line);
      return 0;
    }
    const plan = examPlan(values, following);
    const reports = readReportFiles(values.report, examFormatNames);
    refuseUnwritable(reports);
    return holdSignals(onSignal, async (signals) => {
      const interruption = new Interruption(signals);
      const progress = progressDisplay(surroundings);
      let result: ExamResult;
      try {
        result = await conductExam({ values, plan, checks, expected, progress, interruption, env });
      } catch (error) {
        if (interruption.exitCode === undefined) throw error;
        err(`understudy: the exam was ended by ${String(interruption.first)} before it had a result`);
        return interruption.exitCode;
      } finally {
        progress.end();
      }
      out(examFormats.text(result, values).trimEnd());
      for (const { format, file } of reports) writeReportFile(file, examFormats[format](result, values));
      if (interruption.exitCode !== undefined) return interruption.exitCode;
      const outcome = examOutcome(result, values.failOn);
      if (outcome !== 'undecided') return outcome === 'fails' ? 1 : 0;
      err('understudy: the exam could not judge calls: give --call a URL that succeeds only with a connection');
      return 2;
    });
  },
});

/** The checks by group, one a line. */
function listOf(checks: readonly Check[]): string[] {
  const width = Math.max(...checks.map(({ id }) => id.length));
  return groups.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    if (own.length === 0) return [];
    return [group, ...own.map(({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`)];
  });
}

import { table } from './schema-text.js';
import type { CheckResult, ExamResult } from '../src/exam/result.js';
import type { Verdict } from '../src/exam/verdict.js';
import type { ExamClient } from './exam-clients.js';

/** The provider at which the libraries are compared: every one of them can connect there. */
export const standardProvider = 'dottedsign';

/** What came out for one library. */
export interface Entry {
  readonly client: ExamClient;
  /** Of the library. Undefined: it is not installed. */
  readonly version?: string;
  /** Undefined: it was not examined. */
  readonly result?: ExamResult;
  /** Why it was not examined. */
  readonly skipped?: string;
}

/** What a test compares: the verdicts of each library at the standard provider, by check. */
export interface RecordedVerdicts {
  readonly provider: string;
  readonly libraries: Readonly<Record<string, Readonly<Record<string, Verdict>>>>;
}

/** Verdicts that the page explains. */
const explained: readonly Verdict[] = ['failed', 'unsteady', 'warned'];

/** The libraries with their grades, in the order in which they are listed. */
export function boardTable(entries: readonly Entry[]): string {
  return table(
    ['library', 'language', 'version', 'grade', 'score', 'failed', 'warned', 'not seen'],
    entries.map(({ client: { name, language }, version = '–', result, skipped }) =>
      result === undefined
        ? [name, language, version, `skipped: ${String(skipped)}`, '', '', '', '']
        : [name, language, version, String(result.grade), String(result.score), ...counts(result)],
    ),
  );
}

const counts = ({ counts: { failed, unsteady, warned, 'not-seen': notSeen } }: ExamResult): string[] =>
  [failed + unsteady, warned, notSeen].map(String);

/** Checks that the page explains for a result. */
const found = (result: ExamResult): CheckResult[] =>
  explained.flatMap((verdict) => result.checks.filter((check) => check.verdict === verdict));

/** The page docs/explanation/scoreboard.md. */
export function scoreboardPage(entries: readonly Entry[]): string {
  const results = entries.flatMap(({ result }) => result ?? []);
  const [first] = results;
  if (first === undefined) throw new Error('no library was examined');
  const common = found(first).filter(({ id }) => results.every((each) => found(each).some((check) => check.id === id)));
  return `${[
    '<!-- Written by `npm run scoreboard`. -->',
    '# Scoreboard of client libraries',
    `How far does a client come that uses a library as its documentation shows, and does no more? Each ` +
      `application of ` +
      `\`exam/clients/\` is such a client. Understudy ${first.version} examined them on ` +
      `${first.startedAt.slice(0, 10)} at ` +
      `DottedSign, with ${first.checks.length} checks, each library twice; both times the verdicts were the ` +
      `same unless a ` +
      `row says *unsteady*. [How an exam grades](exam.md) explains the grade.`,
    '**A grade here is the grade of an example, not of a library.** Documentation shows the shortest way to a ' +
      'first token. ' +
      'A check that fails tells what an application must still do, by an option of the library or by code of ' +
      'its own. ' +
      'What a library leaves to the application by design is said so below. Nothing here is a security report.',
    'DottedSign is the provider because all libraries can connect there. At MailUp most of these applications ' +
      'cannot: it ' +
      'does not return `state`, and its answer has no `token_type`.',
    'Libraries in other languages than JavaScript have the version that the machine of the exam had, which can be old.',
    boardTable(entries),
    '*Not seen* are mostly checks of something that the example does not do, such as the length of a PKCE verifier.',
    ...(common.length === 0 ? [] : ['## In every example', checkTable(common.map(({ id, title }) => [id, title]))]),
    ...entries.flatMap((entry) => sectionOf(entry, common)),
  ].join('\n\n')}\n`;
}

/** One row a check: its id, and texts. */
const checkTable = (rows: readonly (readonly string[])[], ...heads: readonly string[]): string =>
  table(
    ['check', ...(heads.length === 0 ? ['what no example does'] : heads)],
    rows.map(([id = '', ...texts]) => [`[${id}](../reference/exam.md#${id})`, ...texts]),
  );

function sectionOf({ client, version, result, skipped }: Entry, common: readonly CheckResult[]): string[] {
  const heading = `## ${client.name}${version === undefined ? '' : ` ${version}`}`;
  const leaves = `Left to the application: ${client.leaves}`;
  if (result === undefined) return [heading, leaves, `Not examined: ${String(skipped)}.`];
  const own = found(result).filter(({ id }) => common.every((check) => check.id !== id));
  if (own.length === 0) return [heading, leaves, 'Nothing else was found.'];
  const rows = own.map(({ id, verdict, explanation }) => [id, verdict, explanation]);
  return [heading, leaves, checkTable(rows, 'verdict', 'what the exam saw')];
}

/** The file exam/clients/verdicts.json. */
export function verdictsFile(entries: readonly Entry[]): string {
  const libraries = entries.flatMap(({ client, result }) =>
    result === undefined
      ? []
      : [[client.name, Object.fromEntries(result.checks.map(({ id, verdict }) => [id, verdict]))]],
  ) as [string, Record<string, Verdict>][];
  const recorded: RecordedVerdicts = { provider: standardProvider, libraries: Object.fromEntries(libraries) };
  return `${JSON.stringify(recorded, undefined, 2)}\n`;
}

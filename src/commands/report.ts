import { didYouMean } from '../input/did-you-mean.js';
import { UsageError, parseFlags, readUrl } from '../config.js';
import { hasFailed } from '../findings/failure.js';
import { formats } from '../findings/formats/index.js';
import { formatNames } from '../findings/formats/names.js';
import { isAtLeast, severities } from '../findings/severity.js';
import { whyUnanswered } from '../input/fetch-error.js';
import type { parseArgs } from 'node:util';
import type { Surroundings } from './surroundings.js';
import type { Report } from '../findings/report.js';

/** How long a report may take. */
const patienceMs = 30_000;
const usualUrl = 'http://127.0.0.1:8080';

/** One table: the command line and its help come from it. */
export const options = {
  url: { type: 'string', value: 'URL', help: `the running server [UNDERSTUDY_URL] (${usualUrl})` },
  world: { type: 'string', default: 'default', value: 'ID', help: 'the world (default)' },
  format: { type: 'string', default: 'markdown', value: 'FORMAT', help: `${formatNames.join(', ')} (markdown)` },
  'fail-on': {
    type: 'string',
    default: 'error',
    value: 'SEVERITY',
    help: `exit with 1 from which findings on: ${severities.join(', ')} or never (error)`,
  },
  severity: {
    type: 'string',
    default: 'note',
    value: 'SEVERITY',
    help: 'leave out what is less grave (note, which leaves out nothing)',
  },
  suppress: {
    type: 'string',
    multiple: true,
    default: [],
    value: "'RULE: REASON'",
    help: 'accept the findings of a rule; may be given several times',
  },
  'admin-token': {
    type: 'string',
    value: 'TOKEN',
    help: 'the bearer token that the admin API asks for [UNDERSTUDY_ADMIN_TOKEN]',
  },
} as const satisfies Record<
  string,
  NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>[string] & { value: string; help: string }
>;

/**
 * `understudy report --url URL --world ID --format markdown|json|junit|sarif --fail-on error|warning|note|never`: asks a running
 * server for the findings of a world. `--severity` leaves out what is less grave, `--suppress 'rule: reason'` accepts a finding.
 *
 * @returns 1 where a finding is grave enough, or an expectation was not met
 */
export async function run(args: readonly string[], { env, out }: Surroundings): Promise<number> {
  const values = parseFlags(args, options);
  const format = oneOf('--format', values.format, formatNames);
  const failOn = oneOf('--fail-on', values['fail-on'], [...severities, 'never'] as const);
  const severity = oneOf('--severity', values.severity, severities);
  if (failOn !== 'never' && !isAtLeast(failOn, severity)) {
    throw new UsageError(`--fail-on ${failOn} is about findings that --severity ${severity} leaves out`);
  }
  const query = new URLSearchParams([
    ['severity', severity],
    ...values.suppress.map((text): [string, string] => ['suppress', text]),
  ]);
  const given = [
    ['--url', values.url],
    ['UNDERSTUDY_URL', env.UNDERSTUDY_URL],
    ['the usual URL', usualUrl],
  ] as const;
  const [name, url] = given.find(([, each]) => each !== undefined) as readonly [string, string];
  const server = readUrl(url, name) as string;
  const [, base, id] = /^(.*)\/w\/([^/]+)$/.exec(server) ?? [];
  if (id !== undefined) throw new UsageError(`the URL names a world: say --url ${String(base)} --world ${id}`);
  const report = await fetchReport(
    `${server}/w/${encodeURIComponent(values.world)}/__admin/findings?${query.toString()}`,
    values['admin-token'] ?? env.UNDERSTUDY_ADMIN_TOKEN,
  );
  out(formats[format].write(report, failOn).trimEnd());
  return hasFailed(report, failOn) ? 1 : 0;
}

function oneOf<const T extends string>(option: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === given);
  if (found === undefined) {
    throw new UsageError(
      `${option} is ${JSON.stringify(given)}; expected one of ${allowed.join(', ')}${didYouMean(given, allowed)}`,
    );
  }
  return found;
}

async function fetchReport(url: string, token: string | undefined): Promise<Report> {
  const answer = await ask(url, token);
  const text = await answer.text();
  const isJson = String(answer.headers.get('content-type')).includes('json');
  if (answer.ok && isJson) return JSON.parse(text) as Report;
  const detail = isJson
    ? String((JSON.parse(text) as { detail?: unknown }).detail)
    : 'this is no admin API of Understudy';
  throw new UsageError(`${url} answered ${answer.status}: ${detail}`);
}

async function ask(url: string, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new UsageError(`${url} did not answer: ${whyUnanswered(error)}`);
  }
}

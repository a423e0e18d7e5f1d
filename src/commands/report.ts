import { parseArgs } from 'node:util';
import { didYouMean } from '../world/check.js';
import { UsageError } from '../config.js';
import { hasFailed } from '../findings/failure.js';
import { formats } from '../findings/formats/index.js';
import { formatNames } from '../findings/formats/names.js';
import { isAtLeast, severities } from '../findings/severity.js';
import type { Surroundings } from '../cli.js';
import type { Report } from '../findings/report.js';

/** How long a report may take. */
const patienceMs = 30_000;
const usualUrl = 'http://127.0.0.1:8080';

const options = {
  url: { type: 'string' },
  world: { type: 'string', default: 'default' },
  format: { type: 'string', default: 'markdown' },
  'fail-on': { type: 'string', default: 'error' },
  severity: { type: 'string', default: 'note' },
  suppress: { type: 'string', multiple: true, default: [] },
  'admin-token': { type: 'string' },
} satisfies NonNullable<Parameters<typeof parseArgs>[0]>['options'];

/**
 * `understudy report --url URL --world ID --format markdown|json|junit|sarif --fail-on error|warning|note|never`: asks a running
 * server for the findings of a world. `--severity` leaves out what is less grave, `--suppress 'rule: reason'` accepts a finding.
 *
 * @returns 1 where a finding is grave enough, or an expectation was not met
 */
export async function run(args: readonly string[], { env, out }: Surroundings): Promise<number> {
  const { values } = parse(args);
  const format = oneOf('--format', values.format, formatNames);
  const failOn = oneOf('--fail-on', values['fail-on'], [...severities, 'never'] as const);
  const severity = oneOf('--severity', values.severity, severities);
  if (failOn !== 'never' && !isAtLeast(failOn, severity)) throw new UsageError(`--fail-on ${failOn} is about findings that --severity ${severity} leaves out`);
  const query = new URLSearchParams([['severity', severity], ...values.suppress.map((text): [string, string] => ['suppress', text])]);
  const server = String([values.url, env.UNDERSTUDY_URL, usualUrl].find((each) => each !== undefined)).replace(/\/+$/, '');
  const [, base, id] = /^(.*)\/w\/([^/]+)$/.exec(server) ?? [];
  if (id !== undefined) throw new UsageError(`the URL names a world: say --url ${String(base)} --world ${id}`);
  const report = await fetchReport(`${server}/w/${encodeURIComponent(values.world)}/__admin/findings?${query.toString()}`, values['admin-token'] ?? env.UNDERSTUDY_ADMIN_TOKEN);
  out(formats[format].write(report, failOn).trimEnd());
  return hasFailed(report, failOn) ? 1 : 0;
}

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options }>> {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options });
  } catch (error) {
    // what follows is advice on positional arguments, and there are none
    throw new UsageError((error as Error).message.replace(/\. .*/s, ''));
  }
}

function oneOf<const T extends string>(option: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw new UsageError(`${option} is ${JSON.stringify(given)}; expected one of ${allowed.join(', ')}${didYouMean(given, allowed)}`);
  return found;
}

async function fetchReport(url: string, token: string | undefined): Promise<Report> {
  const answer = await ask(url, token);
  const text = await answer.text();
  const isJson = String(answer.headers.get('content-type')).includes('json');
  if (answer.ok && isJson) return JSON.parse(text) as Report;
  const detail = isJson ? String((JSON.parse(text) as { detail?: unknown }).detail) : 'this is no admin API of Understudy';
  throw new UsageError(`${url} answered ${answer.status}: ${detail}`);
}

async function ask(url: string, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new UsageError(`${url} did not answer: ${[message, cause].filter((each) => each !== undefined).map(String).join(': ')}`);
  }
}

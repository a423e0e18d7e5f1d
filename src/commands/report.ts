import { checkAdminToken } from '../config/admin-token.js';
import { flag, oneOf, serverUrl, text, texts } from '../config/kinds.js';
import { UsageError } from '../config/option.js';
import { hasRequests } from '../findings/all-reports.js';
import { hasFailed } from '../findings/failure.js';
import { formats } from '../findings/formats/index.js';
import { formatNames } from '../findings/formats/names.js';
import { isAtLeast, severities } from '../findings/severity.js';
import { defineCommand } from './command.js';
import { whyUnanswered } from '../input/fetch-error.js';
import type { Values } from '../config/option.js';
import type { AllReports } from '../findings/all-reports.js';
import type { Report } from '../findings/report.js';

/** Maximum time of the request, in milliseconds. */
const timeoutMs = 30_000;

const options = {
  url: serverUrl(
    { flag: 'url', env: ['UNDERSTUDY_URL'], value: 'URL', help: 'URL of the running server' },
    'http://127.0.0.1:8080',
  ),
  world: text({ flag: 'world', env: [], value: 'ID', help: 'World to report on' }, 'default'),
  allWorlds: flag({
    flag: 'all-worlds',
    help: 'Report on every world that got a request, also on those that ended',
  }),
  format: oneOf({ flag: 'format', env: [], value: 'FORMAT', help: 'Format of the report' }, 'markdown', formatNames),
  failOn: oneOf(
    { flag: 'fail-on', env: [], value: 'SEVERITY', help: 'Lowest severity of findings that makes the exit code 1' },
    'error',
    [...severities, 'never'],
  ),
  severity: oneOf(
    { flag: 'severity', env: [], value: 'SEVERITY', help: 'Lowest severity of findings in the report' },
    'note',
    severities,
  ),
  suppress: texts({
    flag: 'suppress',
    env: [],
    value: 'RULE: REASON',
    help: 'Accept the findings of a rule; can be given several times',
  }),
  adminToken: text({
    flag: 'admin-token',
    env: ['UNDERSTUDY_ADMIN_TOKEN'],
    value: 'TOKEN',
    help: 'Bearer token that the admin API requires',
  }),
};

/** `understudy report`: prints the findings of a world of a running server. */
export const report = defineCommand({
  name: 'report',
  summary:
    'Print the findings about the clients of a world or of all worlds; exit code 1 if one is severe or an ' +
    'expectation is not met, 2 if there was no request',
  options,
  async run(values, { out }) {
    const { failOn, format } = values;
    checkAdminToken(values.adminToken);
    refuseHiddenFailure(values);
    refuseWorldInUrl(values.url);
    refuseTwoSelections(values);
    const found = await fetchReport(findingsUrl(values), values.adminToken);
    const { write, writeAll } = formats[format];
    out(('worlds' in found ? writeAll(found, failOn) : write(found, failOn)).trimEnd());
    const reports = 'worlds' in found ? found.worlds : [found];
    if (reports.some((each) => hasFailed(each, failOn))) return 1;
    refuseEmpty(reports, values);
    return 0;
  },
});

/** @throws UsageError if a finding that is not in the report could make the exit code 1 */
function refuseHiddenFailure({ failOn, severity }: Values<typeof options>): void {
  if (failOn === 'never' || isAtLeast(failOn, severity)) return;
  throw new UsageError(`--fail-on ${failOn} includes findings that --severity ${severity} omits`);
}

/** @throws UsageError if one world and all worlds are asked for */
function refuseTwoSelections({ allWorlds, world }: Values<typeof options>): void {
  if (allWorlds && world !== options.world.fallback) {
    throw new UsageError(`--all-worlds and --world ${world} exclude each other`);
  }
}

/** @throws UsageError if no request was judged: a client that was never tested is no success */
function refuseEmpty(reports: readonly Report[], { allWorlds, world, url }: Values<typeof options>): void {
  if (reports.some(hasRequests)) return;
  throw new UsageError(
    allWorlds
      ? `no world of ${url} got a request, so there is nothing to judge`
      : `the world ${JSON.stringify(world)} of ${url} got no request, so there is nothing to judge; ` +
          '--all-worlds reports on every world, also on those that ended',
  );
}

/** @throws UsageError if the URL names a world: that is the option --world */
function refuseWorldInUrl(url: string): void {
  const [, server, id] = /^(.*)\/w\/([^/]+)$/.exec(url) ?? [];
  if (id !== undefined) throw new UsageError(`the URL names a world; use --url ${String(server)} --world ${id}`);
}

function findingsUrl({ url, world, allWorlds, severity, suppress }: Values<typeof options>): string {
  const query = new URLSearchParams({ severity, ...(allWorlds ? { worlds: 'all' } : {}) });
  for (const rule of suppress) query.append('suppress', rule);
  return `${url}/w/${encodeURIComponent(world)}/__admin/findings?${query.toString()}`;
}

async function fetchReport(url: string, token: string | undefined): Promise<Report | AllReports> {
  const answer = await ask(url, token);
  const body = await answer.text();
  const isJson = String(answer.headers.get('content-type')).includes('json');
  if (answer.ok && isJson) return JSON.parse(body) as Report | AllReports;
  const detail = isJson
    ? String((JSON.parse(body) as { detail?: unknown }).detail)
    : 'this is not the admin API of Understudy';
  throw new UsageError(`${url} answered ${answer.status}: ${detail}`);
}

async function ask(url: string, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new UsageError(`${url} did not answer: ${whyUnanswered(error)}`);
  }
}

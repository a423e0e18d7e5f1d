import { commands } from '../src/commands/index.js';
import { requestLine } from '../src/commands/request-line.js';
import { options, programDefaults } from '../src/config.js';
import { explain, refuse } from '../src/core/errors.js';
import { code, table } from './schema-text.js';
import type { Command } from '../src/commands/command.js';
import type { EntryView } from '../src/world/journal/entry-view.js';
import type { Option } from '../src/config/option.js';

const definitions = await Promise.all([...commands.values()].map((load) => load()));

/** Remarks in addition to the summary of a command. */
const remarks: Readonly<Record<string, string>> = {
  check: 'One line for every mistake: `file:line:column: path: message`',
  report: 'See [findings](findings.md) and [Fail CI on findings](../how-to/fail-ci-on-findings.md#from-a-shell)',
  run: 'See [Test a client whose URLs cannot be changed](../how-to/unmodified-clients.md)',
  mcp: 'See [Test with a coding assistant](../how-to/test-with-a-coding-assistant.md)',
  healthcheck: 'It reads `--host` and `--port` as `serve` does',
};

/** The body of the page about the command line, from the definitions of the commands. */
export function commandLineSections(): readonly string[] {
  return [
    '# Command line',
    'The package is `oauth-understudy`, the command `understudy`.',
    table(
      ['command', 'what it does'],
      [
        ...definitions.map((command) => [code(`understudy ${usageOf(command)}`), summaryOf(command)]),
        ['`understudy help COMMAND`', 'Print the help of a command. `understudy COMMAND --help` is the same'],
        ['`understudy --version`', 'Print the version'],
      ],
    ),
    'The flag of an option applies first, then its variables from left to right. An empty variable counts as not set.',
    ...definitions.flatMap(optionSection),
    '## What serve prints',
    'For each provider: the URLs to configure a client with, the credentials of a client, and a user who can ' +
      'log in. Then the URL of the admin API and who can use it. If standard output is not a terminal, the last ' +
      'line is JSON, printed when the server accepts requests: `{"ready":true,"url":"http://127.0.0.1:8080"}`.',
    'On a terminal, each request to a provider has one line when it ends: the local time, the world, the ' +
      'provider, the method, the endpoint (for API calls and unknown paths, the path), the status, and what ' +
      'explains it: the reason of a refusal with its explanation, the fault, the number of notes in the journal. ' +
      'Without an answer, the place of the status has `hang`, `reset`, `closed`, `bytes that are no answer` ' +
      '(these by a fault) or `closed by the client`:',
    `\`\`\`text\n${exampleLines()}\n\`\`\``,
    'Secrets are fingerprints, also in a world whose journal shows them. Explanations are cut after 160 ' +
      'characters; the journal has them in full. Colours repeat the outcome; `NO_COLOR`, `FORCE_COLOR` and ' +
      '`TERM=dumb` are obeyed. If the terminal is stopped or too slow, the server goes on: up to 500 lines wait, ' +
      'and the others are counted (`… 120 lines left out`). `--quiet` switches the lines off. Where standard ' +
      'output is not a terminal, there are none; `--log-level info` writes one line of JSON a request to ' +
      'standard error.',
    'On SIGTERM and SIGINT, requests in progress have 500 ms to finish. Then open connections are closed and ' +
      'the process ends. npm passes no signals on, so a server that `npx` started ends within a second of npx. ' +
      'With another program in between that does so, start `node dist/main.js`.',
    '## Limits',
    "The maximum size of a request body is 64 KiB at the OAuth endpoints and pages, 1 MiB below a provider's " +
      'API base and at the admin API (faults 4 MiB, snapshots 64 MiB). A larger body is answered 413. A request ' +
      'must arrive within 30 s (`--request-seconds`). At most 100 requests on one connection wait for earlier ' +
      'answers. A world keeps the last 1000 journal entries, unless its scenario sets another limit, and up to ' +
      '65,536 characters of each request body.',
    '## Exit codes',
    table(
      ['code', 'when'],
      [
        ['0', 'Success, or the process was stopped by a signal'],
        [
          '1',
          '`check` found a mistake, `report` a severe finding or an expectation that is not met, `healthcheck` ' +
            'no healthy server',
        ],
        [
          '2',
          'An error in the usage or at the start: a wrong option, a port that is taken, a scenario with ' +
            'mistakes. Standard error has one line with the mistake',
        ],
        ['3', '`run`: the command passed, but a finding is as severe as `--fail-on`, or an expectation is not met'],
        ['126', '`run`: the command cannot be executed'],
        ['127', '`run`: the command was not found'],
        ['other', '`run`: the exit code of the command; 128 and the number of the signal, if one ended it'],
      ],
    ),
  ];
}

/** Lines of requests as `serve` prints them. */
function exampleLines(): string {
  const expiredAt = Date.UTC(2026, 0, 2, 14, 3, 7);
  const expired = refuse('code.expired', { code: 'fp:0123456789ab', at: expiredAt, now: expiredAt + 12_000 });
  const token = { endpoint: 'token', request: { method: 'POST', path: '/mailup/Authorization/OAuth/Token' } };
  const resource = { endpoint: 'resource', request: { method: 'GET', path: '/w/ci-1/dottedsign/v1/members/me' } };
  const lines = [
    exampleLine('default', { ...token, provider: 'mailup', second: 7, status: 200 }),
    exampleLine('default', {
      ...token,
      provider: 'mailup',
      second: 19,
      status: 400,
      reason: expired.reason,
      explanation: explain(expired),
    }),
    exampleLine('ci-1', {
      ...resource,
      provider: 'dottedsign',
      second: 20,
      status: 503,
      fault: { id: 'busy', kind: 'status' },
      notes: ['one'],
    }),
    exampleLine('ci-1', { ...resource, provider: 'dottedsign', second: 21 }),
  ];
  return lines.join('\n');
}

interface ExampleRequest extends Pick<
  EntryView,
  'endpoint' | 'provider' | 'status' | 'reason' | 'explanation' | 'fault'
> {
  readonly request: Pick<EntryView['request'], 'method' | 'path'>;
  readonly second: number;
  readonly notes?: readonly string[];
}

function exampleLine(world: string, { second, request, notes = [], ...more }: ExampleRequest): string {
  // the line shows local time, and the page is the same everywhere
  const realAt = new Date(2026, 0, 2, 14, 3, second).toISOString();
  const view = { id: 1, at: realAt, realAt, request: { ...request, query: {}, headers: {} }, notes, ...more };
  return requestLine({ world, view, ending: undefined }, { hasColours: false, worldWidth: 7, providerWidth: 10 });
}

/** The options of `start()`: those of `serve`, with its own defaults. */
export function startOptionTable(): string {
  const { readyFile: _, quiet: __, ...startOptions } = options;
  const defaults: Readonly<Record<string, unknown>> = programDefaults;
  return table(
    ['member', 'value', 'default', 'what it sets'],
    Object.entries<Option<unknown>>(startOptions).map(([name, option]) => [
      code(name),
      name === 'providers' ? 'text, or a list of documents' : valueText(option),
      defaultText(defaults[name] ?? option.fallback),
      name === 'providers' ? `${option.help}; or such documents themselves, each with its \`name\`` : option.help,
    ]),
  );
}

const usageOf = ({ name, argument, following }: Command): string =>
  [name, argument, following].filter((part) => part !== undefined).join(' ');

function summaryOf({ name, summary }: Command): string {
  const remark = remarks[name];
  return remark === undefined ? summary : `${summary}. ${remark}`;
}

function optionSection({ name, options: own, shown = Object.keys(own) }: Command): string[] {
  const rows = Object.entries(own)
    .filter(([member]) => shown.includes(member))
    .map(([, option]) => optionRow(option));
  return rows.length === 0
    ? []
    : [`## Options of ${name}`, table(['flag', 'variables', 'value', 'default', 'what it sets'], rows)];
}

function optionRow(option: Option<unknown>): string[] {
  const { flag, value, env, help, fallback } = option;
  const names = env.map(code).join(', ');
  return [
    flag === undefined ? '' : code(`--${flag} ${value}`.trim()),
    names,
    valueText(option),
    defaultText(fallback),
    help,
  ];
}

const valueText = ({ allowed, expected }: Option<unknown>): string => allowed?.map(code).join(', ') ?? expected;

const defaultText = (fallback: unknown): string =>
  fallback === undefined || Array.isArray(fallback) ? '' : code(fallback);

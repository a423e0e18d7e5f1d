import { flag, integer, names, oneOf, text, textThat, texts } from '../config/kinds.js';
import { options as serverOptions } from '../config.js';
import { applicationUrlForm, readApplicationUrl } from '../exam/client-of-urls.js';
import { defaultTimeout } from '../exam/default-timeout.js';
import { examFormatNames } from '../exam/formats/names.js';
import { areStatuses, statusesForm } from '../exam/statuses.js';
import { severities } from '../findings/severity.js';
import { isWait, parseDuration } from '../input/duration.js';
import type { Option, Row, Values } from '../config/option.js';

type OwnRow = Pick<Row, 'value' | 'help'>;

const urlOf = (name: string, help: string): Option<string | undefined> =>
  textThat(
    { flag: name, env: [], value: 'URL', help },
    undefined,
    applicationUrlForm,
    (given) => readApplicationUrl(given) !== undefined,
  );

const duration = (name: string, help: string, fallback: string): Option<string> =>
  textThat(
    { flag: name, env: [], value: 'DURATION', help },
    fallback,
    'a duration from 1ms to 10m, such as 10s',
    (given) => isWait(given) && Number(parseDuration(given)) > 0,
  );

const commandOf = (name: string, help: string): Option<string | undefined> =>
  text({ flag: name, env: [], value: 'COMMAND', help });

const isHttpUrl = (given: string): boolean => readApplicationUrl(given)?.url === given;

const ids = (name: string, row: OwnRow): Option<readonly string[]> => names({ flag: name, env: [], ...row });

/** Without a name it would select all checks: often it is a variable of CI that is not set. */
function selecting(name: string, row: OwnRow): Option<readonly string[]> {
  const { parse, ...option } = ids(name, row);
  return {
    ...option,
    expected: 'at least one name; leave it out for all checks',
    parse: (given) => (given.length > 0 && parse(given)?.length === 0 ? undefined : parse(given)),
  };
}

/** The options of `understudy exam`. */
export const examOptions = {
  provider: text({ flag: 'provider', env: [], value: 'NAME', help: 'Provider whose client is examined' }),
  connect: urlOf('connect', 'URL of the application that begins a flow; a method may precede it'),
  call: urlOf('call', 'URL that makes the application use the API'),
  disconnect: urlOf('disconnect', 'URL that ends the connection'),
  connectCommand: commandOf(
    'connect-command',
    'In place of the URLs, commands of the shell: prints the URL to visit, and ends with 0 when connected',
  ),
  callCommand: commandOf('call-command', 'Uses the API, and ends with 0 if that succeeded'),
  disconnectCommand: commandOf('disconnect-command', 'Ends the connection'),
  command: commandOf(
    'command',
    'Start the application with this command of the shell, in the environment of run; or write it after --',
  ),
  login: textThat(
    { flag: 'login', env: [], value: 'URL', help: 'Login page of the application itself, before its first flow' },
    undefined,
    'a URL such as http://localhost:3000/login',
    isHttpUrl,
  ),
  loginField: texts({
    flag: 'login-field',
    env: [],
    value: 'NAME=VALUE',
    help: 'Field of that page; {person} in the value becomes ada or grace; can be given several times',
  }),
  ready: textThat(
    { flag: 'ready', env: [], value: 'URL', help: 'URL that answers with a status below 500 when it is ready' },
    undefined,
    'a URL such as http://localhost:3000/health',
    isHttpUrl,
  ),
  readyTimeout: duration('ready-timeout', 'Maximum time until the application is ready', '30s'),
  showOutput: flag({ flag: 'show-output', help: 'Show what the application writes' }),
  // not PORT as well: that is the port of the application
  port: integer(
    {
      flag: 'port',
      env: ['UNDERSTUDY_PORT'],
      value: 'N',
      help: 'TCP port of the server that the application is configured for; 0 picks a free port',
    },
    8080,
    0,
    65_535,
  ),
  clientId: serverOptions.clientId,
  clientSecret: serverOptions.clientSecret,
  redirectUri: serverOptions.redirectUri,
  caDir: serverOptions.caDir,
  dataHome: serverOptions.dataHome,
  scenario: serverOptions.scenario,
  fixtures: serverOptions.fixtures,
  providers: serverOptions.providers,
  shelf: serverOptions.shelf,
  only: selecting('only', { value: 'IDS', help: 'Checks to make, by id, separated by commas' }),
  skip: ids('skip', { value: 'IDS', help: 'Checks to leave out' }),
  group: selecting('group', { value: 'GROUPS', help: 'Groups of checks to make' }),
  list: flag({ flag: 'list', help: 'Print the checks by group, and examine nothing' }),
  repeat: integer(
    { flag: 'repeat', env: [], value: 'N', help: 'How often each check is made; different verdicts are unsteady' },
    1,
    1,
    20,
  ),
  timeout: duration('timeout', 'Maximum time of one answer of the application', defaultTimeout),
  seed: text({ flag: 'seed', env: [], value: 'TEXT', help: 'Seed of the worlds of the checks' }, 'exam'),
  success: textThat(
    { flag: 'success', env: [], value: 'STATUSES', help: 'Statuses of a call that succeeded' },
    '2xx',
    statusesForm,
    areStatuses,
  ),
  failOn: oneOf(
    {
      flag: 'fail-on',
      env: [],
      value: 'SEVERITY',
      help: 'Lowest severity of failed checks that makes the exit code 1',
    },
    'error',
    [...severities, 'never'],
  ),
  report: texts({
    flag: 'report',
    env: [],
    value: 'FORMAT=FILE',
    help: `Write the result to a file: ${examFormatNames.join(', ')}; can be given several times`,
  }),
  expectedFailures: text({
    flag: 'expected-failures',
    env: [],
    value: 'FILE',
    help: 'File with failures that do not fail the run: a list of { id, reason }',
  }),
};

/** The values of these options. */
export type ExamValues = Values<typeof examOptions>;

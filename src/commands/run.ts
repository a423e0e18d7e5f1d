import { randomBytes } from 'node:crypto';
import { checkAdminToken } from '../config/admin-token.js';
import { flag, oneOf, texts } from '../config/kinds.js';
import { UsageError } from '../config/option.js';
import { configOf, options as serverOptions, programDefaults } from '../config.js';
import { lazyExaminer } from '../exam/lazy-examiner.js';
import { formatNames } from '../findings/formats/names.js';
import { severities } from '../findings/severity.js';
import { NotStarted } from '../run/child.js';
import { holdSignals } from '../run/held-signals.js';
import { readReportFiles } from '../run/report-files.js';
import { runCommand } from '../run/run-command.js';
import { openServer } from '../server.js';
import { defineCommand } from './command.js';
import { proxied } from './proxied.js';
import type { ProgramConfig } from '../config.js';
import type { Values } from '../config/option.js';

const options = {
  isolate: flag({
    flag: 'isolate',
    help: 'Refuse connections through the proxy to all hosts but those of the providers',
  }),
  scenario: serverOptions.scenario,
  fixtures: serverOptions.fixtures,
  providers: serverOptions.providers,
  shelf: serverOptions.shelf,
  clientId: serverOptions.clientId,
  clientSecret: serverOptions.clientSecret,
  redirectUri: serverOptions.redirectUri,
  caDir: serverOptions.caDir,
  dataHome: serverOptions.dataHome,
  tlsName: serverOptions.tlsName,
  proxyPass: serverOptions.proxyPass,
  adminToken: serverOptions.adminToken,
  logLevel: serverOptions.logLevel,
  report: texts({
    flag: 'report',
    env: [],
    value: 'FORMAT=FILE',
    help: 'Write the findings to a file: json, junit, sarif, markdown or text; can be given several times',
  }),
  failOn: oneOf(
    { flag: 'fail-on', env: [], value: 'SEVERITY', help: 'Lowest severity of findings that makes the exit code 3' },
    'error',
    [...severities, 'never'],
  ),
  allowNoRequests: flag({
    flag: 'allow-no-requests',
    help: 'Pass if no request reached a provider. Otherwise the exit code is 2, because no client was tested',
  }),
};

/** `understudy run`: runs a command whose clients reach this server instead of the providers, and reports on them. */
export const runCommandLine = defineCommand({
  name: 'run',
  summary:
    'Run a command against the providers of this server, without a change of its client, and print the findings; ' +
    'exit code of the command; if it passed, 3 if a finding is severe or an expectation is not met, ' +
    '2 if no request reached a provider',
  following: '-- COMMAND...',
  options,
  async run(values, surroundings, { following: command }) {
    if (command.length === 0) {
      throw new UsageError('no command was given; expected understudy run [options] -- COMMAND, such as -- npm test');
    }
    const reports = readReportFiles(values.report, formatNames);
    checkAdminToken(values.adminToken);
    return holdSignals(surroundings.onSignal, async (signals) => {
      const token = values.adminToken ?? randomBytes(24).toString('base64url');
      const server = await openServer(serverConfig(values, token), { examiner: lazyExaminer });
      const given = { reports, signals, server: proxied(server), adminToken: token, pass: passOf(values) };
      return runCommand(command, { ...values, ...surroundings, ...given })
        .catch((error: unknown) => {
          if (!(error instanceof NotStarted)) throw error;
          surroundings.err(`understudy: ${error.message}`);
          return error.exitCode;
        })
        .finally(() => server.close());
    });
  },
});

/** The hosts to which the proxy passes: all, unless the run is isolated. */
const passOf = ({ proxyPass, isolate }: Pick<Values<typeof options>, 'proxyPass' | 'isolate'>): readonly string[] => [
  ...proxyPass,
  ...(isolate ? [] : ['*']),
];

function serverConfig(values: Values<typeof options>, token: string): ProgramConfig {
  const { isolate: _1, report: _2, failOn: _3, allowNoRequests: _4, ...own } = values;
  return configOf({ ...own, adminToken: token, tls: true, proxy: true, proxyPass: passOf(values) }, programDefaults);
}

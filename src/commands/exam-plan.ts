import { UsageError } from '../config/option.js';
import { applicationLogin, readLoginFields } from '../exam/application-login.js';
import { applicationUrl } from '../exam/client-of-urls.js';
import { isStatusIn } from '../exam/statuses.js';
import { millisecondsOf } from '../input/duration.js';
import type { ClientCommands } from '../exam/client-of-commands.js';
import type { ApplicationUrls } from '../exam/client-of-urls.js';
import type { Readiness } from '../run/application.js';
import type { CommandToRun } from '../run/process-group.js';
import type { ExamValues } from './exam-options.js';

/** How the application is started. */
export interface ApplicationPlan {
  readonly command: CommandToRun;
  readonly ready: Readiness;
}

/** How the exam meets the client: by URLs of an application, or by commands. */
export type Means = { readonly urls: ApplicationUrls } | { readonly commands: ClientCommands };

/** What is examined, as the options say it. */
export interface ExamPlan {
  readonly provider: string;
  readonly means: Means;
  /** Undefined: the application is started by somebody else. */
  readonly application: ApplicationPlan | undefined;
}

/**
 * Makes a plan of the options, and of what follows `--`.
 *
 * @throws UsageError if an option is missing, or if two contradict each other
 */
export function examPlan(values: ExamValues, following: readonly string[]): ExamPlan {
  const { provider } = values;
  if (provider === undefined) throw missing('--provider, such as --provider mailup');
  const means = meansOf(values);
  const origin = 'urls' in means ? new URL(means.urls.connect.url).origin : undefined;
  return { provider, means, application: applicationOf(values, following, origin) };
}

function meansOf(values: ExamValues): Means {
  const { connect, call, disconnect, success, connectCommand, callCommand, disconnectCommand } = values;
  const commands = [connectCommand, callCommand, disconnectCommand];
  const applicationsLogin = loginOf(values);
  if (commands.every((command) => command === undefined)) {
    if (connect === undefined) throw missing('--connect, the URL of your application that begins a flow');
    if (call === undefined) throw missing('--call, a URL that makes your application use the API');
    return {
      urls: {
        connect: applicationUrl(connect),
        call: applicationUrl(call),
        disconnect: disconnect === undefined ? undefined : applicationUrl(disconnect),
        succeeds: (status: number) => isStatusIn(success, status),
        login: applicationsLogin,
      },
    };
  }
  if ([connect, call, disconnect, values.login].some((url) => url !== undefined)) {
    throw new UsageError(
      'an exam has either URLs or commands: --connect-command, --call-command and --disconnect-command exclude ' +
        '--connect, --call, --disconnect and --login',
    );
  }
  if (connectCommand === undefined) throw missing('--connect-command, which prints the URL to visit');
  if (callCommand === undefined) throw missing('--call-command, which uses the API');
  return { commands: { connect: connectCommand, call: callCommand, disconnect: disconnectCommand } };
}

function loginOf({ login, loginField }: ExamValues): ApplicationUrls['login'] {
  const fields = readLoginFields(loginField);
  if (login !== undefined) return applicationLogin({ url: login, fields });
  if (fields.length > 0) throw new UsageError('--login-field needs --login, the URL of the login page');
  return undefined;
}

function applicationOf(
  { command: text, ready, readyTimeout }: ExamValues,
  following: readonly string[],
  origin: string | undefined,
): ApplicationPlan | undefined {
  if (text !== undefined && following.length > 0) {
    throw new UsageError('--command and a command after -- exclude each other');
  }
  const command = following.length > 0 ? following : text;
  if (command === undefined) {
    if (ready !== undefined) throw new UsageError('--ready needs --command, or a command after --');
    return undefined;
  }
  const timeoutMs = millisecondsOf(readyTimeout);
  if (ready !== undefined) return { command, ready: { url: ready, accepts: (status) => status < 500, timeoutMs } };
  if (origin === undefined) throw missing('--ready, because no URL tells where the started application answers');
  return { command, ready: { url: origin, accepts: () => true, timeoutMs } };
}

const missing = (what: string): UsageError => new UsageError(`an exam needs ${what}`);

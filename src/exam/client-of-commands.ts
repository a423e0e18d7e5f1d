import { credentialNames, credentialVariables } from '../run/environment/understudy.js';
import { KeptOutput } from '../run/kept-output.js';
import { timeLimit } from '../input/time-limit.js';
import { runToEnd } from '../run/run-to-end.js';
import { FirstUrl } from './first-url.js';
import type { Environment } from '../config/option.js';
import type { ProcessGroup } from '../run/process-group.js';
import type { Browser, Visit, VisitOptions } from '../client/browser.js';
import type { Call, ClientUnderExam, Connection } from './client-under-exam.js';

/** Commands of the shell that stand for an application. They share the working folder of the exam. */
export interface ClientCommands {
  /**
   * Prints the URL that a person has to visit, and ends with 0 when the person is connected. The redirect back is
   * requested, and also written to its standard input, for programs that ask to paste it.
   */
  readonly connect: string;
  /** Uses the API, and ends with 0 if that succeeded. */
  readonly call: string;
  readonly disconnect?: string | undefined;
}

/** How commands are run. */
export interface CommandOptions {
  readonly provider: string;
  /** The environment in which clients reach the server. */
  readonly env: Environment;
  /** Maximum time of one command, in milliseconds. */
  readonly timeoutMs: number;
  /** Gets each line that they write. */
  readonly tell: (line: string) => void;
  /** Ends the command that runs. */
  readonly signal: AbortSignal;
  /** Ends it without time to finish. */
  readonly atOnce: AbortSignal;
}

/** How a command ended. */
interface Ended {
  readonly ok: boolean;
  /** In words, for a message: `exit code 1`. */
  readonly outcome: string;
  readonly text: string;
}

/** What happens while a command runs. */
interface Meanwhile {
  readonly started: (group: ProcessGroup) => void;
  readonly print: (text: string) => void;
  /** Ends the command: nothing that it waits for will come. */
  readonly noRedirect: AbortSignal;
}

/** A client that is a set of commands. */
export function clientOfCommands(
  { connect, call, disconnect }: ClientCommands,
  options: CommandOptions,
): ClientUnderExam {
  const commands = new Commands(options);
  const attempt = async (command: string): Promise<Call> => ({ ...(await commands.run(command)), asksPerson: false });
  return {
    hasPages: false,
    credentialsIn: credentialNames(options.provider),
    useCredentials: (credentials) => {
      commands.changes = credentials === undefined ? {} : credentialVariables(options.provider, credentials);
      return Promise.resolve();
    },
    connect: (browser, visitOptions) => commands.connect(connect, browser, visitOptions),
    call: () => attempt(call),
    disconnect: disconnect === undefined ? undefined : () => attempt(disconnect),
    // each command is a process of its own
    restart: () => Promise.resolve(),
    output: () => commands.takeOutput(),
  };
}

class Commands {
  /** Variables with other values than usual. */
  changes: Environment = {};
  readonly #options: CommandOptions;
  readonly #output: KeptOutput;

  constructor(options: CommandOptions) {
    this.#options = options;
    this.#output = new KeptOutput(0, options.tell);
  }

  takeOutput(): string {
    return this.#output.take();
  }

  /** Runs a command, and has the first URL that it prints visited meanwhile. */
  async connect(command: string, browser: Browser, options?: VisitOptions): Promise<Connection> {
    const printed = new FirstUrl((url) => browser.isProvider(url));
    const noRedirect = new AbortController();
    let group: ProcessGroup | undefined;
    const visiting = printed.found.then(async (url) => {
      if (url === undefined) return undefined;
      const { visit, isFollowed } = await visitFor(browser, url, options, (callback) => group?.writeLine(callback));
      if (isFollowed) group?.endInput();
      else noRedirect.abort();
      return visit;
    });
    // without a visit there is no redirect; until the command has ended, nobody awaits the error
    visiting.catch(() => {
      noRedirect.abort();
    });
    const ended = await this.run(command, {
      started: (started) => (group = started),
      print: (text) => {
        printed.add(text);
      },
      noRedirect: noRedirect.signal,
    });
    printed.end();
    const visit = await visiting;
    return { visit, failure: failureOf(ended, visit) };
  }

  /** Runs a command to its end, which is the timeout at the latest. */
  async run(command: string, meanwhile?: Meanwhile): Promise<Ended> {
    const { env, timeoutMs, signal, atOnce } = this.#options;
    const noRedirect = meanwhile?.noRedirect ?? new AbortController().signal;
    const shown = new KeptOutput(0, () => undefined);
    using limit = timeLimit(timeoutMs, signal, noRedirect);
    const exitCode = await runToEnd(command, {
      env: { ...env, ...this.changes },
      write: (text, stream) => {
        this.#output.add(text);
        shown.add(text);
        if (stream === 'stdout') meanwhile?.print(text);
      },
      started: (group) => {
        if (meanwhile === undefined) group.endInput();
        else meanwhile.started(group);
      },
      limit: limit.signal,
      atOnce,
    });
    const outcome = exitCode === undefined ? this.#whyEnded(noRedirect) : `exit code ${exitCode}`;
    return { ok: exitCode === 0, outcome, text: shown.take() };
  }

  #whyEnded(noRedirect: AbortSignal): string {
    const { signal, timeoutMs } = this.#options;
    if (noRedirect.aborted) return 'it got no redirect';
    return signal.aborted ? 'it was ended by a signal' : `it did not end within ${timeoutMs / 1000} s`;
  }
}

/** Visits a URL for a command. `give` gets the redirect back before it is followed. */
async function visitFor(
  browser: Browser,
  url: string,
  options: VisitOptions = {},
  give: (callback: string) => void,
): Promise<{ readonly visit: Visit; readonly isFollowed: boolean }> {
  let isFollowed = false;
  const onCallback = (callback: URL): URL | undefined => {
    const followed = options.onCallback === undefined ? callback : options.onCallback(callback);
    isFollowed = followed !== undefined;
    if (followed !== undefined) give(followed.href);
    return followed;
  };
  const visit = await browser.visit(url, { ...options, onCallback });
  return { visit, isFollowed };
}

/** A command that asks to paste the redirect serves no callback: what the browser got of it does not matter then. */
function failureOf({ ok, outcome }: Ended, visit: Visit | undefined): string | undefined {
  if (visit === undefined) return ok ? 'it printed no URL to visit' : outcome;
  if (visit.endedAtProvider && visit.page !== undefined) return 'the provider refused the request';
  return ok ? undefined : [outcome, visit.failure].filter((part) => part !== undefined).join('; ');
}

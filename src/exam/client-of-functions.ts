import { timeLimit } from '../input/time-limit.js';
import { whenAborted } from '../input/when-aborted.js';
import type { ProviderUrls } from '../client/index.js';
import type { Browser, Visit, VisitOptions } from '../client/browser.js';
import type { Call, ClientCredentials, ClientUnderExam, Connection } from './client-under-exam.js';

/** What a function `connect` gets. */
export interface ConnectTools {
  /**
   * Visits an authorization URL as a person does: logs in and allows. Returns the redirect back to the client: give it
   * to the callback of the client. It is not requested.
   *
   * @throws Error if the provider does not redirect back
   */
  readonly visit: (url: string | URL) => Promise<URL>;
  /** The URLs of the provider. */
  readonly urls: ProviderUrls;
  /** The id, secret and redirect URI of the client. */
  readonly client: ClientCredentials;
}

/** The functions of a test that stand for a client. What fails throws or rejects. */
export interface ClientFunctions {
  /** Connects one person: begins a flow, has it visited, exchanges the code and keeps the tokens. */
  readonly connect: (tools: ConnectTools) => unknown;
  /** Uses the API for the person who connected last. */
  readonly call: (tools: Omit<ConnectTools, 'visit'>) => unknown;
  /** Ends the connection. */
  readonly disconnect?: ((tools: Omit<ConnectTools, 'visit'>) => unknown) | undefined;
}

/** What limits a function. */
export interface FunctionLimits {
  /** Maximum real time, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the wait for it. */
  readonly signal?: AbortSignal | undefined;
}

/** A client that a test drives by functions. */
export function clientOfFunctions(
  { connect, call, disconnect }: ClientFunctions,
  urls: ProviderUrls,
  own: ClientCredentials,
  limits: FunctionLimits,
): ClientUnderExam {
  let client = own;
  const attempt = async (action: (tools: Omit<ConnectTools, 'visit'>) => unknown): Promise<Call> => {
    const failure = await failureOf(() => action({ urls, client }), limits);
    return { ok: failure === undefined, asksPerson: false, outcome: failure ?? 'it returned', text: '' };
  };
  return {
    hasPages: false,
    credentialsIn: 'the member client of its argument',
    useCredentials: (credentials = own) => {
      client = credentials;
      return Promise.resolve();
    },
    connect: async (browser, options) => {
      const visits: Visit[] = [];
      const visit = async (url: string | URL): Promise<URL> => {
        const seen = await visitOnly(browser, url, options);
        visits.push(seen.visit);
        return seen.callback;
      };
      const failure = await failureOf(() => connect({ visit, urls, client }), limits);
      return { visit: visits.at(-1), failure } satisfies Connection;
    },
    call: () => attempt(call),
    disconnect: disconnect === undefined ? undefined : () => attempt(disconnect),
    restart: undefined,
  };
}

/** Follows an authorization URL to the redirect back, which the functions get in place of the application. */
async function visitOnly(
  browser: Browser,
  url: string | URL,
  options: VisitOptions = {},
): Promise<{ visit: Visit; callback: URL }> {
  let changed: URL | undefined;
  const onCallback = (callback: URL): undefined => {
    changed = options.onCallback === undefined ? callback : options.onCallback(callback);
  };
  const visit = await browser.visit(url, { ...options, onCallback });
  if (changed === undefined) {
    const why = visit.failure ?? `its last page has status ${String(visit.page?.status)}`;
    throw new Error(`the authorization URL led to no redirect back to the client: ${why}`);
  }
  return { visit, callback: changed };
}

/** The message of what a function throws, or that it did not end in time. Undefined: it returned. */
async function failureOf(action: () => unknown, limits: FunctionLimits): Promise<string | undefined> {
  const { timeoutMs, signal } = limits;
  using limit = timeLimit(timeoutMs, ...(signal === undefined ? [] : [signal]));
  const late = whenAborted(limit.signal).then(() => `it did not end within ${timeoutMs / 1000} s`);
  try {
    return await Promise.race([Promise.resolve(action()).then(() => undefined), late]);
  } catch (error) {
    return `it threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`.slice(0, 300);
  }
}

import { UsageError } from '../config/option.js';
import type { Browser, Visit, VisitOptions } from '../client/browser.js';
import type { Call, ClientUnderExam, Connection } from './client-under-exam.js';

/** A URL of an application, and the method with which it is asked for. */
export interface ApplicationUrl {
  readonly method: string;
  readonly url: string;
}

/** What a URL of an application looks like, in words that follow "expected". */
export const applicationUrlForm =
  'a URL such as http://localhost:3000/connect or, with a method, POST http://localhost/x';

/** Reads a URL of an application, with a method before it if that is not GET. Undefined: the text is none. */
export function readApplicationUrl(text: string): ApplicationUrl | undefined {
  const [, method = 'GET', url = ''] = /^(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) +)?(\S+)$/.exec(text.trim()) ?? [];
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? { method, url } : undefined;
}

/**
 * Reads a URL of an application: see `readApplicationUrl`.
 *
 * @throws UsageError
 */
export function applicationUrl(text: string): ApplicationUrl {
  const read = readApplicationUrl(text);
  if (read !== undefined) return read;
  throw new UsageError(`${JSON.stringify(text)} is no URL of an application; expected ${applicationUrlForm}`);
}

/** The URLs of an application under exam. */
export interface ApplicationUrls {
  readonly connect: ApplicationUrl;
  readonly call: ApplicationUrl;
  readonly disconnect?: ApplicationUrl | undefined;
  /** Whether the status of a call means that it succeeded. Default: 200 to 299. */
  readonly succeeds?: ((status: number) => boolean) | undefined;
  readonly login?: ClientUnderExam['login'];
  readonly restart?: ClientUnderExam['restart'];
  readonly useCredentials?: ClientUnderExam['useCredentials'];
  readonly output?: ClientUnderExam['output'];
}

/** An application that the exam meets as a browser does. */
export function clientOfUrls(urls: ApplicationUrls): ClientUnderExam {
  const succeeds = urls.succeeds ?? ((status) => status >= 200 && status < 300);
  const ask = (browser: Browser, { method, url }: ApplicationUrl): Promise<Visit> =>
    browser.visit(url, { method, stopsAtProvider: true });
  const { call, disconnect } = urls;
  return {
    hasPages: true,
    useCredentials: urls.useCredentials,
    connect: async (browser, options) => connectionOf(await begin(browser, urls.connect, options), urls.connect),
    call: async (browser) => callOf(await ask(browser, call), call, succeeds),
    disconnect:
      disconnect === undefined ? undefined : async (browser) => endOf(await ask(browser, disconnect), disconnect),
    restart: urls.restart,
    output: urls.output,
    login: urls.login,
  };
}

const begin = (browser: Browser, { method, url }: ApplicationUrl, options: VisitOptions = {}): Promise<Visit> =>
  browser.visit(url, { method, ...options });

function connectionOf(visit: Visit, { url }: ApplicationUrl): Connection {
  if (hasLeft(visit, url)) return { visit, failure: undefined };
  const status = visit.page?.status ?? 0;
  const refusal = visit.endedAtProvider && visit.page !== undefined ? 'the provider refused the request' : undefined;
  return {
    visit,
    failure: visit.failure ?? refusal ?? (status >= 400 ? `the last page has status ${status}` : undefined),
  };
}

/** Whether the application answered the callback, and then sent the browser to a host that does not answer. */
function hasLeft({ callback, visited, failure }: Visit, start: string): boolean {
  if (callback === undefined || failure === undefined) return false;
  const { origin } = new URL(String(visited.at(-1)));
  return origin !== callback.origin && origin !== new URL(start).origin;
}

function callOf(visit: Visit, asked: ApplicationUrl, succeeds: (status: number) => boolean): Call {
  if (visit.endedAtProvider) {
    return { ok: false, asksPerson: true, outcome: 'the person is sent to the provider', text: '' };
  }
  const { page, failure, statuses } = visit;
  if (page === undefined) return { ok: false, asksPerson: false, outcome: String(failure), text: '' };
  const { status, body: text } = page;
  const ok = succeeds(status);
  if (statuses.length === 1) return { ok, asksPerson: false, outcome: `status ${status}`, status, text };
  const isElsewhere = !isSamePage(asked.url, page.url);
  return { ok, isElsewhere, asksPerson: false, outcome: redirectsOf(visit, asked), status, text };
}

/** Whether a redirect led to the page that was asked for: in the end, or with another slash. */
function isSamePage(...urls: [asked: string, answered: string]): boolean {
  const [asked, answered] = urls.map((url) => {
    const { pathname, search } = new URL(url);
    return pathname.replace(/\/$/, '') + search;
  });
  return asked === answered;
}

/** The redirects of a visit, without queries, which have codes: `GET /lists → 302 to / → 200`. */
function redirectsOf({ visited, statuses }: Visit, { method }: ApplicationUrl): string {
  const [start, ...targets] = visited.map((url) => new URL(url).pathname);
  const answers = statuses.map((status, i) => [status, targets[i]].filter((part) => part !== undefined).join(' to '));
  return [`${method} ${String(start)}`, ...answers].join(' → ');
}

/** A redirect means that the connection was ended, wherever it leads. */
function endOf({ statuses: [status = 0], failure }: Visit, { method, url }: ApplicationUrl): Call {
  const ok = status >= 200 && status < 400;
  const answered = `${method} ${new URL(url).pathname} answered ${status}`;
  return { ok, asksPerson: false, outcome: status === 0 ? String(failure) : answered, text: '' };
}

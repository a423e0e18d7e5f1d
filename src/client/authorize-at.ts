import { AuthorizationPages } from './authorization-pages.js';
import { AuthorizeError } from './authorize-error.js';
import { Browser, originAndPath } from './browser.js';
import { demoPerson } from '../demo.js';
import { adminCall } from './http.js';
import { realProviders } from './provider-hosts.js';
import { refusalAt, worldOfPage } from './refusal.js';
import type { KnownWorld } from './authorization-pages.js';
import type { Page, Visit } from './browser.js';
import type { AdminCall } from './http.js';
import type { AuthorizeOptions } from './page-form.js';

/** The redirect back to the client. */
export interface AuthorizeResult {
  /** The whole redirect URL: the callback of the client under test. Request it to continue the flow. */
  readonly redirectTo: string;
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
  /** The page at which the application ended the flow. Undefined if an authorization URL was visited. */
  readonly page: Page | undefined;
}

/** Maximum time of one answer, in milliseconds: a fault can make it late. */
const timeoutMs = 300_000;

/**
 * Makes the visit of `authorize`.
 *
 * @throws AuthorizeError if it does not end with a redirect back to the client; UnderstudyError if the world cannot be
 *   asked for its providers; the reason of the signal if it aborts
 */
export async function authorizeAt(
  start: URL,
  options: AuthorizeOptions,
  world: KnownWorld | undefined,
): Promise<AuthorizeResult> {
  const { username = demoPerson.username, password = demoPerson.password, decision = 'allow', scopes } = options;
  const { signal = new AbortController().signal } = options;
  const providers = world && (await realProviders(callOf(world), signal, timeoutMs));
  const pages = new AuthorizationPages(start, world, providers);
  const isApplication = pages.request === undefined;
  const person = { id: username, username, password };
  const visit = await new Browser(person, pages, timeoutMs, signal).visit(start, {
    decision,
    scopes,
    onCallback: (callback) => (isApplication ? callback : undefined),
  });
  const { callback, callbackFields, page, failure } = visit;
  if (failure !== undefined && signal.aborted) throw signal.reason;
  if (failure !== undefined || callback === undefined) throw await errorOf(visit, pages.request, world);
  // only a page of the provider leads to a callback
  refuseNoRequest(pages.request as URL, callback);
  const redirectTo =
    callbackFields === undefined
      ? callback.href
      : `${callback.origin}${callback.pathname}?${callbackFields.toString()}`;
  const { searchParams } = new URL(redirectTo);
  const get = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  return { redirectTo, code: get('code'), state: get('state'), error: get('error'), page };
}

const callOf = ({ baseUrl, token }: KnownWorld): AdminCall =>
  adminCall(`${baseUrl.replace(/\/+$/, '')}/__admin`, token);

/**
 * A page of the provider leads on to its panel, or to another page. Names of parameters may differ in case, and a
 * provider file can have its own for client_id.
 */
function refuseNoRequest(request: URL, next: URL): void {
  if ([...request.searchParams.keys()].some((name) => /^(?:client_id|response_type)$/i.test(name))) return;
  const what =
    `${originAndPath(request)} has no client_id, so it is no authorization request; it led to ` + originAndPath(next);
  throw new AuthorizeError(undefined, '', what);
}

async function errorOf(
  { page, failure, endedAtProvider }: Visit,
  request: URL | undefined,
  world: KnownWorld | undefined,
): Promise<AuthorizeError> {
  if (page === undefined) return new AuthorizeError(undefined, '', `the visit ended without a page: ${failure}`);
  if (!endedAtProvider || request === undefined) {
    const what = 'the application did not send the browser to the provider';
    return new AuthorizeError(page.status, page.body, what);
  }
  const refusal = await refusalAt(new URL(page.url), worldOfPage(request, world?.token));
  return new AuthorizeError(page.status, page.body, undefined, refusal);
}

import { fillForm } from './page-form.js';
import type { AuthorizeOptions } from './page-form.js';

export type { AuthorizeOptions } from './page-form.js';

/** The redirect back to the client. */
export interface AuthorizeResult {
  /** The whole redirect URL: the callback of the client under test. Request it to continue the flow. */
  readonly redirectTo: string;
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
}

/** A page answered with an error, such as an invalid request or a failed login. */
export class AuthorizeError extends Error {
  readonly status: number;
  readonly page: string;

  constructor(status: number, page: string) {
    super(`the page answered ${status}: ${readable(page)}`);
    this.name = 'AuthorizeError';
    this.status = status;
    this.page = page;
  }
}

/** Maximum number of pages before the redirect, against endless loops. */
const pageLimit = 10;

/**
 * Follows an authorization URL through login and consent, as a browser does, until the redirect back to the client. It
 * uses plain HTTP requests with cookies.
 *
 * @param url the authorization URL from the client under test
 * @throws AuthorizeError if a page answers with an error
 */
export async function authorize(url: string | URL, options: AuthorizeOptions = {}): Promise<AuthorizeResult> {
  const cookies = new Map<string, string>();
  const first = new URL(url);
  let answer = await visit(String(url), cookies);
  for (let step = 0; step < pageLimit; step += 1) {
    const location = answer.headers.get('location');
    if (location !== null) {
      const next = new URL(location, answer.url);
      if (!isPage(next, first)) return resultOf(next.href);
      answer = await visit(next.href, cookies);
      continue;
    }
    const page = await answer.text();
    if (!answer.ok || !page.includes('<form')) throw new AuthorizeError(answer.status, page);
    const { action, fields } = fillForm(page, options);
    const target = new URL(action, answer.url);
    // response_mode=form_post: the form belongs to the client, and its fields are the answer
    if (!isPage(target, first)) return resultOf(`${target.origin}${target.pathname}?${fields.toString()}`);
    answer = await visit(target.href, cookies, fields);
  }
  throw new AuthorizeError(answer.status, `no redirect back to the client after ${pageLimit} pages`);
}

/**
 * The pages of an authorization have `authorization` in the query, or are its first URL. A callback on the same origin
 * has neither.
 */
const isPage = ({ origin, pathname, searchParams }: URL, first: URL): boolean =>
  origin === first.origin && (searchParams.has('authorization') || pathname === first.pathname);

async function visit(url: string, cookies: Map<string, string>, fields?: URLSearchParams): Promise<Response> {
  const cookie = [...cookies.values()].join('; ');
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
    ...(fields === undefined ? {} : { method: 'POST', body: fields }),
  });
  for (const setCookie of answer.headers.getSetCookie()) {
    cookies.set(setCookie.split('=', 1).join(), setCookie.split(';', 1).join());
  }
  return answer;
}

function resultOf(redirectTo: string): AuthorizeResult {
  const { searchParams } = new URL(redirectTo);
  const get = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  return { redirectTo, code: get('code'), state: get('state'), error: get('error') };
}

/** The text of a page without markup, for an error message. */
function readable(page: string): string {
  return page
    .replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
}

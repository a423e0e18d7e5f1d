/** How the pages are answered. */
export interface AuthorizeOptions {
  /** Left out: `ada@example.test`. */
  readonly username?: string;
  /** Left out: `understudy`. */
  readonly password?: string;
  /** Left out: `allow`. */
  readonly decision?: 'allow' | 'deny';
  /** Where each scope is asked for on its own: those to allow. Left out: all of them. */
  readonly scopes?: readonly string[];
}

/** Where the browser would have gone back to. */
export interface AuthorizeResult {
  /** The whole redirect: hand it to the client under test as its callback. */
  readonly redirectTo: string;
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
}

/** A page that did not lead on: a refusal, or a login that failed. */
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

const mostSteps = 10;

/**
 * Walks login and consent as a browser does, over HTTP and with cookies, until it is sent back to the client.
 *
 * @param url the authorization URL that the client under test made
 * @throws AuthorizeError where a page refuses
 */
export async function authorize(url: string | URL, options: AuthorizeOptions = {}): Promise<AuthorizeResult> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(url);
  let answer = await visit(String(url), cookies);
  for (let step = 0; step < mostSteps; step += 1) {
    const location = answer.headers.get('location');
    if (location !== null) {
      const next = new URL(location, answer.url);
      if (next.origin !== origin || !isPage(next)) return resultOf(next.href);
      answer = await visit(next.href, cookies);
      continue;
    }
    const page = await answer.text();
    if (!answer.ok || !page.includes('<form')) throw new AuthorizeError(answer.status, page);
    const { action, fields } = fill(page, options);
    answer = await visit(new URL(action, answer.url).href, cookies, fields);
  }
  throw new AuthorizeError(answer.status, 'the pages led nowhere');
}

/** The pages of an authorization carry its id; a callback on the same origin does not. */
const isPage = ({ searchParams }: URL): boolean => searchParams.has('authorization');

async function visit(url: string, cookies: Map<string, string>, fields?: URLSearchParams): Promise<Response> {
  const cookie = [...cookies.values()].join('; ');
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
    ...(fields === undefined ? {} : { method: 'POST', body: fields }),
  });
  for (const line of answer.headers.getSetCookie()) cookies.set(line.split('=', 1).join(), line.split(';', 1).join());
  return answer;
}

/** The form that a person would send: the login form as it is, or of the consent page the one for the decision. */
function fill(page: string, options: AuthorizeOptions): { action: string; fields: URLSearchParams } {
  const isLogin = page.includes('type="password"');
  const wanted = isLogin || options.decision !== 'deny' ? 1 : 2;
  const form = page
    .split('<form')
    .slice(wanted, wanted + 1)
    .join()
    .split('</form>', 1)
    .join();
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const value = valueFor(tag, name, options);
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return { action: attribute(form, 'action') ?? '', fields };
}

function valueFor(
  tag: string,
  name: string | undefined,
  { username = 'ada@example.test', password = 'understudy', scopes }: AuthorizeOptions,
): string | undefined {
  const type = attribute(tag, 'type');
  if (type === 'password') return password;
  if (attribute(tag, 'id') === 'username') return username;
  if (type !== 'radio') return attribute(tag, 'value') ?? '';
  if (scopes === undefined) return /\schecked\b/.test(tag) ? attribute(tag, 'value') : undefined;
  return String(scopes.some((scope) => name?.endsWith(`.${scope}`)));
}

function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescape(value);
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const unescape = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] as string);

function resultOf(redirectTo: string): AuthorizeResult {
  const { searchParams } = new URL(redirectTo);
  const get = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  return { redirectTo, code: get('code'), state: get('state'), error: get('error') };
}

/** A page's words without its markup, for an error's message. */
function readable(page: string): string {
  return page
    .replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
}

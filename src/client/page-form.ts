/** How the login and consent pages are answered. */
export interface AuthorizeOptions {
  /** Default: `ada@example.test`. */
  readonly username?: string;
  /** Default: `understudy`. */
  readonly password?: string;
  /** Default: `allow`. */
  readonly decision?: 'allow' | 'deny';
  /** The scopes to allow, if the consent page asks for each scope. Default: all scopes. */
  readonly scopes?: readonly string[] | undefined;
  /** Ends the visit: `authorize` rejects with the reason of the signal. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

/** A form with its fields, ready to be sent. */
export interface FilledForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** Fills in the form of a page. The consent page has two forms: the first allows, the second denies. */
export function fillForm(page: string, options: AuthorizeOptions): FilledForm {
  const isLogin = page.includes('type="password"');
  const formNumber = isLogin || options.decision !== 'deny' ? 1 : 2;
  const form = page
    .split(/<form/i)
    .slice(formNumber, formNumber + 1)
    .join()
    .split(/<\/form>/i, 1)
    .join();
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
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
  // pages of applications under exam are filled in too: HTML allows three ways to write a value
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  if (found === null) return undefined;
  const [, double, single, bare] = found as readonly (string | undefined)[];
  return unescape(double ?? single ?? bare ?? '');
}

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  }),
);
const unescape = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) as string);

import { didYouMean } from '../input/did-you-mean.js';
import { ArgumentError } from './arguments.js';

/** How the login and consent pages are answered. */
export interface AuthorizeOptions {
  /** Default: `ada@example.test`. */
  readonly username?: string;
  /** Default: `understudy`. */
  readonly password?: string;
  /** Default: `allow`. */
  readonly decision?: 'allow' | 'deny';
  /** The scopes to allow, at a provider whose consent page asks for each scope: tinyEmail. Default: all scopes. */
  readonly scopes?: readonly string[] | undefined;
  /** Ends the visit: `authorize` rejects with the reason of the signal. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

/** What the person enters into the forms of a page. */
export interface Answers {
  readonly username: string;
  readonly password: string;
  readonly decision: 'allow' | 'deny';
  /** Undefined: all scopes. */
  readonly scopes: readonly string[] | undefined;
}

/** A form with its fields, ready to be sent. */
export interface FilledForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/**
 * Fills in the form of a page. The consent page has two forms: the first allows, the second denies.
 *
 * @throws ArgumentError if scopes are given, and the page does not ask for each scope, or not for one of these
 */
export function fillForm(page: string, answers: Answers): FilledForm {
  const isLogin = page.includes('type="password"');
  const formNumber = isLogin || answers.decision !== 'deny' ? 1 : 2;
  const [, ...forms] = page.split(/<form/i);
  const form = forms
    .slice(formNumber - 1, formNumber)
    .join()
    .split(/<\/form>/i, 1)
    .join();
  const asksToAllow = !isLogin && forms.length > 1 && answers.decision !== 'deny';
  if (asksToAllow && answers.scopes !== undefined) refuseOtherScopes(form, answers.scopes);
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    const value = valueFor(tag, name, answers);
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return { action: attribute(form, 'action') ?? '', fields };
}

/** The buttons of a scope are named after it: `agreement.contacts`. */
function refuseOtherScopes(form: string, scopes: readonly string[]): void {
  const names = [...form.matchAll(/<input\b[^>]*>/gi)].flatMap(([tag]) =>
    attribute(tag, 'type') === 'radio' ? [attribute(tag, 'name') ?? ''] : [],
  );
  if (names.length === 0) {
    throw new ArgumentError(
      'authorize: the consent page does not let the person choose scopes; expected no scopes in the options: ' +
        'the parameter scope of the authorization request names them',
    );
  }
  const unknown = scopes.find((scope) => !names.some((name) => name.endsWith(`.${scope}`)));
  if (unknown === undefined) return;
  const offered = [...new Set(names.map((name) => name.slice(name.indexOf('.') + 1)))];
  throw new ArgumentError(
    `authorize: the consent page asks for the scopes ${offered.join(', ')}, and not for ${JSON.stringify(unknown)}` +
      didYouMean(unknown, offered),
  );
}

function valueFor(tag: string, name: string | undefined, { username, password, scopes }: Answers): string | undefined {
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

import { splitUri, writeUri } from '../../core/uri-parts.js';
import { formDecode } from '../../world/journal/url-text.js';
import type { Policy, ResponseMode } from '../../core/policy.js';

type RedirectPolicy = Pick<Policy, 'redirectUriRebuilt' | 'redirectEncoding'>;
type Pairs = readonly (readonly [string, string | undefined])[];

/** The URL that leads a browser back to the client: the redirect URI with the parameters of the answer. */
export function redirectLocation(
  policy: RedirectPolicy,
  redirectUri: string,
  parameters: Readonly<Record<string, string>>,
  mode: ResponseMode,
): string {
  const added = Object.entries(parameters);
  if (policy.redirectUriRebuilt) return rebuilt(policy, redirectUri, added, mode);
  const text = encoded(policy, added);
  if (mode === 'fragment') return `${redirectUri}#${text}`;
  // RFC 6749 §3.1.2: the redirect URI keeps its own query
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${text}`;
}

/** Doorkeeper's URIBuilder: URI and query are parsed and written anew, without the parameters that are blank. */
function rebuilt(policy: RedirectPolicy, redirectUri: string, added: Pairs, mode: ResponseMode): string {
  const parts = splitUri(redirectUri);
  const text = encoded(policy, added.filter(isFilled));
  if (mode === 'fragment') return `${writeUri(parts)}#${text}`;
  const own = encoded(policy, grouped(decodedQuery(parts.query ?? '')).filter(isFilled));
  return writeUri({ ...parts, query: [own, text].filter((each) => each !== '').join('&') });
}

const isFilled = ([, value]: readonly [string, string | undefined]): boolean => (value ?? '').trim() !== '';

/** The parameters of a query, as Rack parses it. Without a sign of equality a value is undefined. */
function decodedQuery(query: string): Pairs {
  return query
    .split(/[&;] */)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const at = piece.indexOf('=');
      return at < 0 ? [decoded(piece), undefined] : [decoded(piece.slice(0, at)), decoded(piece.slice(at + 1))];
    });
}

const decoded = (text: string): string => formDecode(text) ?? text.replaceAll('+', ' ');

/** Repeated parameters stand together, where the first of them stood. */
function grouped(pairs: Pairs): Pairs {
  const groups = new Map<string, (readonly [string, string | undefined])[]>();
  for (const pair of pairs) {
    const group = groups.get(pair[0]);
    if (group === undefined) groups.set(pair[0], [pair]);
    else group.push(pair);
  }
  return [...groups.values()].flat();
}

/** How each encoding writes a space and the punctuation of a parameter. All escape what a query cannot contain. */
const spellings: Readonly<Record<Policy['redirectEncoding'], (form: string) => string>> = {
  // form decoders and URI decoders both read %20 as a space
  percent: (form) => form.replaceAll('+', '%20'),
  // application/x-www-form-urlencoded, as Rails writes it
  plus: (form) => form,
  // RFC 3986 §3.4 allows these characters in a query, and Spring's UriComponents leave them as they are
  minimal,
  // what Spring would do with a plus sign; a form decoder reads it as a space
  'bare-plus': (form) => minimal(form).replaceAll('%2B', '+'),
};

function minimal(form: string): string {
  return form
    .replaceAll('+', '%20')
    .replace(/%(?:21|24|27|28|29|2A|2C|2F|3A|3B|3F|40|7E)/g, (escaped) => decodeURIComponent(escaped));
}

function encoded({ redirectEncoding }: RedirectPolicy, pairs: Pairs): string {
  const form = new URLSearchParams(pairs.map(([name, value = '']): [string, string] => [name, value])).toString();
  return spellings[redirectEncoding](form);
}

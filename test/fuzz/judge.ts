import { routes } from '../../src/admin/routes.js';
import { packageFolder } from '../../src/package.js';
import { injected, markup } from './hostile.js';
import { redirectUri } from './stage.js';
import type { Answer, Outcome, Reading } from './wire.js';

const waiting = routes.filter(({ waits }) => waits === true).map(({ path }) => `/__admin${path}`);

/** Whether a request may wait on purpose. */
export const mayWait = ({ requests }: Reading): boolean =>
  requests.some(({ url }) => waiting.some((path) => url.includes(path)));

/** Calls that show requests, with secrets as fingerprints. Another world does not know the secrets of this one. */
const tellsOfRequests = /^\/__admin\/(journal|verify|findings|lineage)/;

/** The failures in the result of a request. `secrets` are those that its sender does not know. */
export function troublesOf(
  { answers, rest, hung }: Outcome,
  reading: Reading,
  secrets: ReadonlyMap<string, string>,
): string[] {
  const troubles: string[] = [];
  const waits = mayWait(reading);
  if (hung) troubles.push('the server hangs: no answer, and the connection stays open');
  if (rest !== '' && !waits) troubles.push(`bytes that are not an answer: ${JSON.stringify(rest.slice(0, 200))}`);
  if (reading.whole && answers.length === 0 && !waits && !hung) troubles.push('a complete request got no answer');
  return [
    ...troubles,
    ...answers.flatMap((answer, i) => [...unsound(answer), ...leaks(answer, reading.requests[i]?.url ?? '', secrets)]),
  ];
}

function unsound({ status, headers, head, body }: Answer): string[] {
  const troubles: string[] = [];
  const type = headers['content-type'];
  if (status >= 500) troubles.push(`the status is ${status}: ${body.slice(0, 300)}`);
  if (body !== '' && type === undefined) troubles.push('a body without a content type');
  if (new RegExp(`^${injected}|^set-cookie: injected`, 'im').test(head)) troubles.push('a header was injected');
  if (/[^\t\r\n\x20-\x7e\x80-\xff]/.test(head)) troubles.push('a control character in the head');
  const { location = '/' } = headers;
  const isLocal = /^\/(?![/\\])/.test(location);
  if (!isLocal && !location.startsWith(redirectUri)) troubles.push(`it redirects to ${location}`);
  if (/json|html|plain/.test(type ?? '')) {
    if (/\n\s+at |[\w-]\.[cm]?[jt]s:\d/.test(body)) troubles.push('a stack trace in the body');
    if (body.includes(packageFolder)) troubles.push('a path of this machine in the body');
  }
  if (type?.includes('html') === true && body.includes(markup)) troubles.push('unescaped markup');
  if (type?.includes('json') === true && body !== '' && !isJson(body)) troubles.push(`no JSON: ${body.slice(0, 100)}`);
  return troubles;
}

/** Finds a secret that is not part of a longer word. */
export const findWholeWord = (text: string, secret: string): number =>
  text.search(new RegExp(`(?:(?<=%[0-9A-Fa-f]{2})|(?<![\\w.~+/-]))${secret}(?![\\w.~+/=-])`));

/** The answer without the secrets that it may contain: issued tokens, the session cookie, accounts on the login page. */
function withoutAllowedSecrets({ status, headers, head, body }: Answer, url: string): string {
  if (status < 400 && url.includes('/__admin') && !tellsOfRequests.test(url)) return '';
  const kept = head
    .replaceAll(/^(set-cookie: understudy_session)=[^;]*/gim, '$1')
    .replaceAll(/^(location: .*[?&]code)=[^&\r\n]*/gim, '$1');
  const hasIssuedTokens = status < 300 && headers['content-type']?.includes('json') === true;
  return `${kept}\n${hasIssuedTokens ? body.replaceAll(/"(access_token|refresh_token|code)":"[^"]*"/g, '"$1"') : body.replaceAll(/(<code data-secret>)[^<]*/g, '$1')}`;
}

function leaks(answer: Answer, url: string, secrets: ReadonlyMap<string, string>): string[] {
  const text = withoutAllowedSecrets(answer, url);
  const isShown = (secret: string): boolean =>
    text.includes(secret) && (!tellsOfRequests.test(url) || findWholeWord(text, secret) >= 0);
  return [...secrets]
    .filter(([secret]) => isShown(secret))
    .map(([secret, kind]) => `${kind} (${secret}) is in an answer, and was not in the request`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(Buffer.from(text, 'latin1').toString());
    return true;
  } catch {
    return false;
  }
}

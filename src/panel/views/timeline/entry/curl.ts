import { hasFingerprint } from '../../../journal/fingerprints.js';
import { curlCommand } from '../../../writing/curl-command.js';
import { shellWord } from '../../../writing/shell-word.js';
import { isForm, isLeftOut, membersOf, missingBody } from './body-text.js';
import { list, textOf } from './fact-text.js';
import { ownPath } from '../../../journal/own-path.js';
import type { EntryView } from '../../../../client/index.js';

/**
 * What cannot be sent again: U+0000, which a shell cannot pass, and what stands for bytes that are not UTF-8. That is
 * U+FFFD, or in a form the escape as it was sent, such as `%ff`.
 */
const unrepeatable = /\u0000|\ufffd|%EF%BF%BD|%25[89a-f][\da-f]/i;

/** Headers that curl sends itself, that belong to the connection, or that only browsers send. */
const leftOut = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'upgrade-insecure-requests',
]);

/**
 * A command for a POSIX shell that sends the request of an entry again, to the world in which it was journaled, never
 * to the host that the client asked for. A line before it says what the journal does not have.
 *
 * @param world URL of the world, without a slash at its end
 */
export function curl(entry: EntryView, world: string): string {
  const { method, headers, form } = entry.request;
  const isMissing = form === undefined || isLeftOut(form);
  const words = isMissing ? [] : dataWords(form, headers['content-type']);
  const path = pathOf(entry);
  const query = pairsOf(membersOf(entry.request.query)).join('&');
  const url = `${world}${path}${query === '' ? '' : `?${query}`}`;
  const options = [
    // curl would expand brackets and braces, and remove segments of dots
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    ...(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path) ? ['--path-as-is'] : []),
    ...Object.entries(headers).flatMap(([name, value]) => headerWords(name, value, words)),
    // curl adds these if they are not given
    ...['accept', 'user-agent', ...(words.length === 0 ? [] : ['content-type'])]
      .filter((name) => !(name in headers))
      .map((name) => `--header ${name}:`),
    ...words,
  ];
  const command = curlCommand({ method, url, options });
  const comments = [
    ...(isMissing ? list(missingBody(headers)) : []),
    ...(unrepeatable.test(command) ? ['U+0000 and bytes that are not UTF-8 are not sent as they were'] : []),
    ...(hasFingerprint(command) ? ['fp:… stands for a secret: put the real value in its place'] : []),
  ];
  return [...comments.map((note) => `# ${note}`), command.replaceAll('\u0000', '')].join('\n');
}

const pathOf = (entry: EntryView): string =>
  `${entry.provider === undefined ? '' : `/${entry.provider}`}${ownPath(entry)}`.replaceAll('#', '%23');

/** Names and values as in a query. Fingerprints stay readable. */
const pairsOf = (members: readonly (readonly [string, string])[]): string[] =>
  members.map(([name, value]) => `${encoded(name)}=${encoded(value)}`);

/** A lone surrogate cannot be encoded. */
const encoded = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll('fp%3A', 'fp:');

function headerWords(name: string, value: unknown, data: readonly string[]): string[] {
  if (leftOut.has(name) || name.startsWith('sec-')) return [];
  if (name === 'accept' && value === '*/*') return [];
  // curl writes the boundary of a multipart body itself
  if (name === 'content-type' && data.some((word) => word.startsWith('--form-string'))) return [];
  return (Array.isArray(value) ? value : [value]).map((each) => headerWord(name, textOf(each)));
}

function headerWord(name: string, value: string): string {
  // the journal shows the credentials of Basic decoded
  const basic = name === 'authorization' ? /^basic (?!fp:)([^:]*:.*)$/is.exec(value) : null;
  if (basic !== null) return `--user ${shellWord(basic[1] as string)}`;
  return `--header ${bytesWord(value === '' ? `${name};` : `${name}: ${value}`)}`;
}

/** Bytes, each as the character of Latin-1 that Node makes of it, as one word. */
function bytesWord(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return shellWord(text);
  const format = text.replaceAll(/[%\\\x80-\xff]/g, (each) =>
    each < '\x80' ? each + each : `\\${each.charCodeAt(0).toString(8)}`,
  );
  return `"$(printf ${shellWord(format)})"`;
}

/** The options that make the body. */
function dataWords(form: unknown, type: unknown): string[] {
  if (isForm(form, type)) return formWords(membersOf(form), type);
  return [`--data-raw ${shellWord(typeof form === 'string' ? form : JSON.stringify(form))}`];
}

const formWords = (members: readonly (readonly [string, string])[], type: unknown): string[] =>
  String(type).startsWith('multipart/')
    ? members.map(([name, value]) => `--form-string ${shellWord(`${name}=${value}`)}`)
    : pairsOf(members).map((pair) => `--data-raw ${shellWord(pair)}`);

import { titleOf } from '../../api/provider-titles.js';
import { faultKind, pairs, plain } from '../../fault-kinds.js';
import { capital } from '../../format.js';
import type { Document } from '../../fault-kinds.js';

const grants: ReadonlyMap<unknown, string> = new Map([
  ['refresh_token', 'a refresh'],
  ['authorization_code', 'a code exchange'],
  ['password', 'a password grant'],
  ['client_credentials', 'a client credentials grant'],
]);

const endpoints: ReadonlyMap<unknown, string> = new Map([
  ['authorize', 'an authorization request'],
  ['login', 'a login'],
  ['consent', 'a consent'],
  ['token', 'a token request'],
  ['revoke', 'a revocation'],
  ['introspect', 'an introspection'],
  ['userinfo', 'a userinfo request'],
  ['metadata', 'a metadata request'],
  ['resource', 'an API call'],
]);

/** What follows the noun, by member of a match. */
const details: readonly (readonly [member: string, words: (value: unknown) => string])[] = [
  ['provider', (value) => `at ${titleOf(String(value))}`],
  ['clientId', (value) => `of the client ${String(value)}`],
  ['userId', (value) => `of the user ${String(value)}`],
  ['method', (value) => `with the method ${String(value)}`],
  ['path', (value) => `to ${String(value)}`],
  ['query', (value) => `with the query ${pairs(value)}`],
  ['form', (value) => `with the form ${pairs(value)}`],
  ['headers', (value) => `with the headers ${pairs(value)}`],
];

const several = (one: string): string => one.replace(/^an? /, '') + (one.endsWith('h') ? 'es' : 's');

/** The requests of a match in words: `refreshes at MailUp`; with `isOne`: `a refresh at MailUp`. */
export function matchInWords(match: Document, isOne = false): string {
  const one = grants.get(match.grantType) ?? endpoints.get(match.endpoint) ?? 'a request';
  const named = details.filter(([member]) => match[member] !== undefined);
  return [isOne ? one : several(one), ...named.map(([member, words]) => words(match[member]))].join(' ');
}

function stepInWords(step: unknown): string {
  const fault = step as Document;
  const { kind, after, delay } = fault;
  return [
    faultKind(kind).does(fault),
    ...(after === true ? ['after they had their effect'] : []),
    ...(delay === undefined ? [] : [`${plain(delay)} later`]),
  ].join(', ');
}

/** What a fault, or a list of faults that apply in turn, does to the requests of a rule. */
export const faultInWords = (fault: unknown): string =>
  Array.isArray(fault) ? fault.map(stepInWords).join('; then ') : stepInWords(fault);

/** The limits of a rule in words: how often, how long. Empty: it applies to every request, until it is removed. */
export function limitsInWords(rule: Document): string {
  const { skip, times, probability, for: time, until } = rule;
  return [
    ...(typeof skip === 'number' && skip > 0 ? [`not the first ${skip === 1 ? 'one' : skip}`] : []),
    ...(typeof times === 'number' ? [times === 1 ? 'once' : `${times} times`] : []),
    ...(typeof probability === 'number' ? [`with a probability of ${Math.round(probability * 1000) / 10} %`] : []),
    ...(time === undefined ? [] : [`for ${plain(time)} from the first`]),
    ...(until === undefined ? [] : [`until ${matchInWords(until as Document, true)}`]),
  ].join(', ');
}

/** A rule as one sentence, without a full stop. */
export function ruleInWords(rule: Document): string {
  const limits = limitsInWords(rule);
  const sentence = `${matchInWords(rule.match as Document)} ${faultInWords(rule.fault)}`;
  return capital(limits === '' ? sentence : `${sentence} (${limits})`);
}

/** Characters of a sentence in the preview of a rule: a value can be long. */
const longestPreview = 300;

/** A rule in words as a sentence that ends with one full stop, or with `…` if it was cut. */
export const previewOf = (words: string): string =>
  words.length > longestPreview ? `${words.slice(0, longestPreview)}…` : words.replace(/[.…]?$/, (end) => end || '.');

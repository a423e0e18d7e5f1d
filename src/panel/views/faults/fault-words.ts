import { capital } from '../../format.js';

/** A fault or a match as the admin API writes it. */
type Document = Readonly<Record<string, unknown>>;

/** A request in words: one, and several. */
type Noun = readonly [one: string, many: string];

const anyRequest: Noun = ['a request', 'requests'];

const grants: ReadonlyMap<unknown, Noun> = new Map([
  ['refresh_token', ['a refresh', 'refreshes']],
  ['authorization_code', ['a code exchange', 'code exchanges']],
  ['password', ['a password grant', 'password grants']],
  ['client_credentials', ['a client credentials grant', 'client credentials grants']],
]);

const endpoints: ReadonlyMap<unknown, Noun> = new Map([
  ['authorize', ['an authorization request', 'authorization requests']],
  ['login', ['a login', 'logins']],
  ['consent', ['a consent', 'consents']],
  ['token', ['a token request', 'token requests']],
  ['revoke', ['a revocation', 'revocations']],
  ['introspect', ['an introspection', 'introspections']],
  ['resource', ['an API call', 'API calls']],
]);

/** What follows the noun, by member of a match. */
const details: readonly (readonly [member: string, words: (value: unknown) => string])[] = [
  ['provider', (value) => `at ${String(value)}`],
  ['clientId', (value) => `of the client ${String(value)}`],
  ['userId', (value) => `of the user ${String(value)}`],
  ['method', (value) => `with the method ${String(value)}`],
  ['path', (value) => `to ${String(value)}`],
  ['query', (value) => `with the query ${pairs(value)}`],
  ['form', (value) => `with the form ${pairs(value)}`],
  ['headers', (value) => `with the headers ${pairs(value)}`],
];

const pairs = (value: unknown): string =>
  Object.entries(value as Document)
    .map(([name, each]) => `${name}=${plain(each)}`)
    .join(', ');

/** A value as text. One that a person has not filled in yet is three dots. */
const plain = (value: unknown): string => {
  if (value === undefined) return '…';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The requests of a match in words: `refreshes at mailup`; with `isOne`: `a refresh at mailup`. */
export function matchInWords(match: Document, isOne = false): string {
  const noun = grants.get(match.grantType) ?? endpoints.get(match.endpoint) ?? anyRequest;
  const named = details.filter(([member]) => match[member] !== undefined);
  return [noun[isOne ? 0 : 1], ...named.map(([member, words]) => words(match[member]))].join(' ');
}

/** What each kind of fault does to a request, in words that follow the requests: `refreshes … are refused`. */
const kinds: ReadonlyMap<unknown, (fault: Document) => string> = new Map<unknown, (fault: Document) => string>([
  ['oauth-error', ({ error }) => `are refused with ${plain(error)}`],
  ['status', ({ status }) => `get status ${plain(status)}`],
  ['rate-limit', ({ retryAfter = 1 }) => `are refused with status 429 and Retry-After ${plain(retryAfter)}`],
  ['delay', lateInWords],
  ['hang', () => 'get no answer'],
  ['cut', () => 'lose their connection before anything happened'],
  ['drop', () => 'happen, but their answer is lost'],
  ['close', () => 'find the connection closed, without an answer'],
  ['random-bytes', () => 'get random bytes instead of HTTP'],
  ['truncate', ({ at }) => `get a body that ends ${at === undefined ? 'halfway' : `after ${plain(at)} characters`}`],
  ['bad-chunk', () => 'get a body that ends in an invalid chunk'],
  ['garble', () => 'get a body that is not JSON'],
  ['gzip', ({ broken }) => (broken === true ? 'get a gzip body that cannot be read' : 'get their body as gzip')],
  ['drip', ({ every = '100ms' }) => `get their body one byte each ${plain(every)}`],
  ['patch', patchInWords],
  ['redirect', ({ to, status = 307 }) => `are redirected to ${plain(to)} with ${plain(status)}`],
  ['replay', () => 'get the previous answer again'],
  ['hold', holdInWords],
  ['tamper', tamperInWords],
  ['pass', () => 'pass unchanged'],
]);

function lateInWords({ for: fixed, uniform, logNormal }: Document): string {
  if (Array.isArray(uniform)) return `are answered late, by ${uniform.map(plain).join(' to ')}`;
  if (logNormal !== undefined) return `are answered late, mostly by about ${plain((logNormal as Document).median)}`;
  return `are answered late, by ${plain(fixed)}`;
}

function patchInWords({ set, remove, headers }: Document): string {
  const parts = [
    ...(set === undefined ? [] : [`with ${pairs(set)}`]),
    ...(Array.isArray(remove) ? [`without ${remove.map(plain).join(', ')}`] : []),
    ...(headers === undefined ? [] : [`with the headers ${pairs(headers)}`]),
  ];
  return `are answered ${parts.join(' and ') || '…'}`;
}

function holdInWords({ until, atMost }: Document): string {
  const end = until === undefined ? 'until they are released' : `until ${plain(until)} wait, then go on together`;
  return `wait ${end}${atMost === undefined ? '' : `, at most ${plain(atMost)}`}`;
}

function tamperInWords({ state, code, error, iss, extra }: Document): string {
  const parts = [
    ...(state === undefined ? [] : [`the state ${plain(state)}`]),
    ...(code === undefined ? [] : [`the code ${plain(code)}`]),
    ...(error === undefined ? [] : [`the error ${plain(error)}`]),
    ...(iss === undefined ? [] : ['a wrong iss']),
    ...(extra === undefined ? [] : [`also ${pairs(extra)}`]),
  ];
  return `come back with ${parts.join(' and ') || '…'}`;
}

function stepInWords(step: unknown): string {
  const fault = step as Document;
  const { kind, after, delay } = fault;
  const words = kinds.get(kind)?.(fault) ?? `get the fault ${plain(kind)}`;
  return [
    words,
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

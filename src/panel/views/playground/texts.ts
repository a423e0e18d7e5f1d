import { capital } from '../../format.js';
import type { Answer, RunStep, SentRequest, StepKind } from './run.js';

/** A request as text, as HTTP/1.1 writes it. */
export function requestText({ method, url, headers, body }: SentRequest): string {
  const { pathname, search, host } = new URL(url);
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`];
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`${name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())}: ${value}`);
  }
  if (body !== undefined) lines.push('', body.replaceAll('&', '\n&'));
  return lines.join('\n');
}

/** The longest body that is shown, in characters. */
export const longestBody = 20_000;

/** A body for people: JSON is indented, and a long one is cut. */
export function bodyText({ body }: Pick<Answer, 'body'>): string {
  const shown = (parsed(body) === undefined ? body : JSON.stringify(parsed(body), null, 2)).slice(0, longestBody);
  return shown.length < longestBody ? shown : `${shown}\n… cut after ${longestBody.toLocaleString('en')} characters`;
}

function jsonIn(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function parsed(text: string): object | undefined {
  const value = jsonIn(text)?.value;
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** Tokens in an answer of a token endpoint. A member that is no text is passed over. */
export function tokensIn({ body }: Pick<Answer, 'body'>): { accessToken?: string; refreshToken?: string } {
  const { access_token: accessToken, refresh_token: refreshToken } = (parsed(body) ?? {}) as Record<string, unknown>;
  return {
    ...(typeof accessToken === 'string' ? { accessToken } : {}),
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
  };
}

/** Whether an answer says that it is JSON, and is not. */
export const isBrokenJson = ({ type, body }: Pick<Answer, 'type' | 'body'>): boolean =>
  type.includes('json') && body !== '' && jsonIn(body) === undefined;

/** What a step is called. */
export const titles: Readonly<Record<StepKind, string>> = {
  callback: 'The browser came back',
  exchange: 'Exchange the code',
  replay: 'Replay the code',
  refresh: 'Refresh',
  'old-refresh': 'Refresh with the old refresh token',
  'wrong-secret': 'Send a wrong secret',
  api: 'Call the API',
  revoke: 'Revoke',
  expire: 'Expire',
};

const whenAnswered: Readonly<Record<StepKind, string>> = {
  callback: 'The state is the one that was sent: this code belongs to this login.',
  exchange: 'The code was exchanged for tokens. A code works once.',
  replay: 'The provider took the code twice. RFC 6749 §4.1.2 forbids that.',
  refresh: 'The provider issued a new access token. A new refresh token replaces the old one.',
  'old-refresh': 'The provider took the old refresh token.',
  'wrong-secret': 'The provider did not look at the secret here.',
  api: 'The API took the access token.',
  revoke: 'The token is revoked: the next request that uses it is refused.',
  expire: 'The token expired just now: the next request that uses it is refused.',
};

const whenRefused: Readonly<Record<StepKind, string>> = {
  callback: 'The user, or the provider, said no: there is no code.',
  exchange: 'The provider refused the code.',
  replay: 'A code works once, so the provider refused it, and may have revoked its tokens.',
  refresh: 'The provider refused the refresh token. A client has to log the user in again.',
  'old-refresh': 'A client that does not store the newest refresh token has to log the user in again.',
  'wrong-secret': 'The provider refused the client: the secret is not the registered one.',
  api: 'The API refused the access token. A client refreshes once, then tries again.',
  revoke: 'The provider refused to revoke the token.',
  expire: 'Nothing expired.',
};

/** The API refused something else than the token. */
const otherRefusal = 'The access token is not the reason: a client does not refresh.';

/**
 * One sentence about what happened in a step.
 *
 * @param title the provider as people call it
 * @param explanation what the journal says about its request
 */
export function sentenceOf(step: RunStep, title: string, explanation?: string): string {
  const { kind, answer, failure, remark, isRefused } = step;
  if (remark !== undefined) return remark;
  if (failure !== undefined) return failure;
  if (answer === undefined) return isRefused === true ? whenRefused[kind] : whenAnswered[kind];
  if (answer.isBroken === true) return 'The body is not JSON, as it says: a client that parses it fails here.';
  if (answer.status < 400) return whenAnswered[kind];
  if (answer.status === 429 || answer.status >= 500) {
    const what = answer.status === 429 ? 'limits the rate' : 'failed';
    return `The provider ${what}. A client waits, tries again, and keeps its tokens.`;
  }
  if (kind === 'api' && answer.status === 404) return `There is no such path at ${title}.`;
  const advice = kind === 'api' && answer.status !== 401 ? otherRefusal : whenRefused[kind];
  return explanation === undefined ? advice : `${capital(explanation)}. ${advice}`;
}

/** Why a callback with another state is refused. */
export const tamperedWords =
  'The playground refused this callback: its state is not the one that was sent. A link with an attacker’s code ' +
  'would let the user work in the attacker’s account (RFC 6749 §10.12).';

import { STATUS_CODES } from 'node:http';
import { escapeHtml } from '../input/html-text.js';
import { isMediaTypeList } from '../input/media-type.js';
import { acceptCounts, acceptedFormat, emptyHtml, formatsBySuffix } from './rails-formats.js';
import { weakEtag } from './text.js';
import type { AnswerSeen, RequestSeen, WireAnswer } from './provider.js';

/** Adds to an answer what Rails 6.1 and the middleware of Rack 2.2 add, by the layer that sends it. */
export function railsAnswer({ answer, request, requestId, seconds }: AnswerSeen): WireAnswer {
  const id = requestIdOf(request) ?? requestId();
  const runtime = inSeconds(seconds);
  // errors of the middleware stand outside of what adds the other headers
  if (answer.layer === 'server') {
    return { ...answer, headers: { 'x-request-id': id, 'x-runtime': runtime, ...answer.headers } };
  }
  const sent = answer.headers.location === undefined ? answer : withRedirectBody(answer);
  const { status, headers, body } = sent;
  const etag = (status === 200 || status === 201) && body !== '' ? weakEtag(body) : undefined;
  // Literal members stand before the spread: V8 is ten times slower the other way round.
  const all: Record<string, string> = {
    'x-frame-options': 'SAMEORIGIN',
    'x-xss-protection': '1; mode=block',
    'x-content-type-options': 'nosniff',
    'x-download-options': 'noopen',
    'x-permitted-cross-domain-policies': 'none',
    'x-request-id': id,
    'x-runtime': runtime,
    'referrer-policy': referrerPolicy,
    'cache-control': etag === undefined ? 'no-cache' : 'max-age=0, private, must-revalidate',
    ...headers,
  };
  // overrides the header of a page
  if (headers['referrer-policy'] !== undefined) all['referrer-policy'] = referrerPolicy;
  if (sent.layer === undefined && isNegotiated(request)) all.vary = 'Accept';
  if (etag === undefined) return { status, headers: all, body };
  all.etag = etag;
  return { status: isUnchanged(request, status, etag) ? 304 : status, headers: all, body };
}

const referrerPolicy = 'strict-origin-when-cross-origin';

/** A time in seconds with six places. Times below a second are written without `toFixed`, which takes longer. */
function inSeconds(seconds: number): string {
  const micros = Math.round(seconds * 1e6);
  return micros >= 0 && micros < 1e6 ? `0.${String(1e6 + micros).slice(1)}` : seconds.toFixed(6);
}

/** The header X-Request-Id of the request, cleaned as Rails does. Undefined if it is missing or blank. */
function requestIdOf({ headers }: RequestSeen): string | undefined {
  const sent = headers['x-request-id'];
  if (typeof sent !== 'string' || sent.trim() === '') return undefined;
  return sent.replaceAll(/[^\w@-]/g, '').slice(0, 255);
}

/** `Rack::ConditionalGet`: the text of If-None-Match is compared as a whole, so `*` and lists never match. */
const isUnchanged = ({ method, headers }: RequestSeen, status: number, etag: string): boolean =>
  headers['if-none-match'] === etag && status === 200 && (method === 'GET' || method === 'HEAD');

/** The body of `redirect_to`. An answer with a Location is always a redirect, and has no body so far. */
function withRedirectBody({ status, headers }: WireAnswer): WireAnswer {
  const location = escapeHtml(headers.location as string);
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: `<html><body>You are being <a href="${location}">redirected</a>.</body></html>`,
    layer: 'controller',
  };
}

/** Whether Rails chose the format of the answer by the header Accept: `should_apply_vary_header?`. */
const isNegotiated = (request: RequestSeen): boolean => acceptCounts(request.headers) && !namesFormat(request);

/** Whether Rails reads the header Accept, and finds an item that is no media type: `Mime::Type.parse`. */
export function railsRefusesAccept(request: RequestSeen): boolean {
  const { accept } = request.headers;
  return accept !== undefined && !isMediaTypeList(accept) && acceptCounts(request.headers) && !namesFormat(request);
}

/** Whether the request names the format of the answer, by a parameter `format` or by the end of the path. */
function namesFormat(request: RequestSeen): boolean {
  // the routes take the end of a path as its format, and an answer of the application has a route
  if (pathEnd(request) !== undefined) return true;
  return formatParameter(request) !== undefined;
}

/** The parameter `format` of the body or the query. Undefined if it is missing, or null or false in JSON. */
function formatParameter({ query, body }: RequestSeen): unknown {
  const inBody = body !== null && typeof body === 'object' && Object.hasOwn(body, 'format');
  const { format } = (inBody ? body : query) as { format?: unknown };
  return format === null || format === false ? undefined : format;
}

/** The end of a path after its last dot: `json` of `/oauth/token.json`. */
function pathEnd({ originalUrl }: RequestSeen): string | undefined {
  // most paths have no dot, and a search from the end takes longer
  if (!originalUrl.includes('.')) return undefined;
  const query = originalUrl.indexOf('?');
  const path = query < 0 ? originalUrl : originalUrl.slice(0, query);
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') && dot < path.length - 1 ? path.slice(dot + 1) : undefined;
}

/** An error of the middleware. Its body has the format that the request asks for; HTML is empty. */
export function railsServerError(status: number, request: RequestSeen, isReadable: boolean): WireAnswer {
  const write = errorFormats.get(errorFormatOf(request, isReadable));
  if (write === undefined) return emptyHtml(status);
  const { type, body } = write(status, STATUS_CODES[status] ?? 'Internal Server Error');
  return { status, headers: { 'content-type': `${type}; charset=UTF-8` }, body, layer: 'server' };
}

type WriteError = (status: number, text: string) => { readonly type: string; readonly body: string };

/** The formats in which a Ruby hash can be written, by the name of the format in Rails. */
const errorFormats: ReadonlyMap<string, WriteError> = new Map<string, WriteError>([
  ['json', (status, error) => ({ type: 'application/json', body: JSON.stringify({ status, error }) })],
  [
    'xml',
    (status, error) => ({
      type: 'application/xml',
      body:
        '<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n' +
        `  <status type="integer">${status}</status>\n  <error>${error}</error>\n</hash>\n`,
    }),
  ],
  ['yaml', (status, error) => ({ type: 'application/x-yaml', body: `---\n:status: ${status}\n:error: ${error}\n` })],
]);

/** The format of an error. Parameters that Rails could not read do not count. */
function errorFormatOf(request: RequestSeen, isReadable: boolean): string {
  const named = isReadable ? formatParameter(request) : undefined;
  if (named !== undefined) return (typeof named === 'string' ? formatsBySuffix.get(named) : undefined) ?? 'html';
  const { accept = '' } = request.headers;
  if (acceptCounts(request.headers)) return isMediaTypeList(accept) ? acceptedFormat(accept) : 'html';
  return formatsBySuffix.get(pathEnd(request) ?? '') ?? 'html';
}

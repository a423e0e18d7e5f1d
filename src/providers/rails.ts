import { STATUS_CODES } from 'node:http';
import { checksum } from './text.js';
import type { AnswerSeen, RequestSeen, WireAnswer } from './provider.js';

/** Adds to an answer what Rails 6.1 and the middleware of Rack 2.2 add, by the layer that sends it. */
export function railsAnswer({ answer, request, requestId, seconds }: AnswerSeen): WireAnswer {
  const ids = { 'x-request-id': requestIdOf(request) ?? requestId(), 'x-runtime': seconds.toFixed(6) };
  // errors of the middleware stand outside of what adds the other headers
  if (answer.layer === 'server') return { ...answer, headers: { ...ids, ...answer.headers } };
  const sent = answer.headers.location === undefined ? answer : withRedirectBody(answer);
  const { status, headers, body } = sent;
  const etag = (status === 200 || status === 201) && body !== '' ? `W/"${checksum(body)}"` : undefined;
  // Literal members stand before the spread: V8 is ten times slower the other way round.
  const all: Record<string, string> = {
    'x-frame-options': 'SAMEORIGIN',
    'x-xss-protection': '1; mode=block',
    'x-content-type-options': 'nosniff',
    'x-download-options': 'noopen',
    'x-permitted-cross-domain-policies': 'none',
    'x-request-id': ids['x-request-id'],
    'x-runtime': ids['x-runtime'],
    'cache-control': etag === undefined ? 'no-cache' : 'max-age=0, private, must-revalidate',
    ...headers,
  };
  // Overrides the header of a page.
  all['referrer-policy'] = 'strict-origin-when-cross-origin';
  if (sent.layer === undefined && isNegotiated(request)) all.vary = 'Accept';
  if (etag === undefined) return { status, headers: all, body };
  all.etag = etag;
  return { status: isUnchanged(request, status, etag) ? 304 : status, headers: all, body };
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

const htmlEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The body of `redirect_to`. An answer with a Location is always a redirect, and has no body so far. */
function withRedirectBody({ status, headers }: WireAnswer): WireAnswer {
  const location = (headers.location as string).replaceAll(/[&<>"']/g, (each) => htmlEscapes[each] as string);
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: `<html><body>You are being <a href="${location}">redirected</a>.</body></html>`,
    layer: 'controller',
  };
}

/** A list that ends or begins with any type is taken as a browser's, and is not read. */
const browserLike = /,\s*\*\/\*|\*\/\*\s*,/;

/** Whether Rails chose the format of the answer by the header Accept: `should_apply_vary_header?`. */
const isNegotiated = (request: RequestSeen): boolean => acceptCounts(request) && !namesFormat(request);

/** Whether Rails reads the header Accept: `valid_accept_header`. */
export function acceptCounts({ headers }: RequestSeen): boolean {
  const { accept = '', 'x-requested-with': sender } = headers;
  const isPresent = accept !== '' && accept.trim() !== '';
  if (typeof sender === 'string' && /xmlhttprequest/i.test(sender)) {
    return isPresent || (headers['content-type'] ?? '').trim() !== '';
  }
  return isPresent && !browserLike.test(accept);
}

/** Whether the request names the format of the answer, by a parameter `format` or by the end of the path. */
function namesFormat(request: RequestSeen): boolean {
  // only a path with such an end, or with another spelling, was rewritten
  if (request.url !== request.originalUrl && pathEnd(request) !== undefined) return true;
  const format = parameter(request, 'format');
  return format !== undefined && format !== null && format !== false;
}

/** A parameter of the body or the query. */
function parameter({ query, body }: RequestSeen, name: string): unknown {
  const inBody = body !== null && typeof body === 'object' && Object.hasOwn(body, name);
  return (inBody ? (body as Record<string, unknown>) : (query as Record<string, unknown>))[name];
}

/** The end of a path after its last dot: `json` of `/oauth/token.json`. */
function pathEnd({ originalUrl }: RequestSeen): string | undefined {
  const query = originalUrl.indexOf('?');
  const path = query < 0 ? originalUrl : originalUrl.slice(0, query);
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') && dot < path.length - 1 ? path.slice(dot + 1) : undefined;
}

/** An error of the middleware. Its body has the format that the request asks for; HTML is empty. */
export function railsServerError(status: number, request: RequestSeen, isReadable: boolean): WireAnswer {
  const text = STATUS_CODES[status] ?? 'Internal Server Error';
  const { type, body } = (errorFormats[formatOf(request, isReadable)] ?? emptyHtml)(status, text);
  return { status, headers: { 'content-type': `${type}; charset=UTF-8` }, body, layer: 'server' };
}

type ErrorFormat = (status: number, text: string) => { readonly type: string; readonly body: string };

const emptyHtml: ErrorFormat = () => ({ type: 'text/html', body: '' });

/** The formats that a Ruby hash can be written in, by the name of the format in Rails. */
const errorFormats: Readonly<Record<string, ErrorFormat>> = {
  json: (status, error) => ({ type: 'application/json', body: JSON.stringify({ status, error }) }),
  xml: (status, error) => ({
    type: 'application/xml',
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n' +
      `  <status type="integer">${status}</status>\n  <error>${error}</error>\n</hash>\n`,
  }),
  yaml: (status, error) => ({ type: 'application/x-yaml', body: `---\n:status: ${status}\n:error: ${error}\n` }),
};

/** Names of formats in Rails, by media type. Types that no error is written in count as `html`. */
const formatNames: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'text/x-json': 'json',
  'application/jsonrequest': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/x-xml': 'xml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
};
const extensions: Readonly<Record<string, string>> = { json: 'json', xml: 'xml', yaml: 'yaml', yml: 'yaml' };

/** The format of an error. Parameters that Rails could not read do not count. */
function formatOf(request: RequestSeen, isReadable: boolean): string {
  const named = isReadable ? parameter(request, 'format') : undefined;
  if (named !== undefined && named !== null && named !== false) {
    return (typeof named === 'string' ? extensions[named] : undefined) ?? 'html';
  }
  if (acceptCounts(request)) return acceptedFormat(request.headers.accept ?? '');
  return extensions[pathEnd(request) ?? ''] ?? 'html';
}

/** The format with the highest weight in an Accept header; of equal ones the first. */
function acceptedFormat(accept: string): string {
  let best = { name: 'html', weight: -1 };
  for (const item of accept.split(',')) {
    const [type, ...parameters] = item.split(';');
    const mediaType = (type as string).trim();
    const weight = Number(/^\s*q="?([\d.]+)/.exec(parameters.find((each) => /^\s*q=/.test(each)) ?? '')?.[1] ?? 1);
    const name = formatNames[mediaType] ?? (isUnregistered(mediaType) ? undefined : 'html');
    if (name !== undefined && weight > best.weight) best = { name, weight };
  }
  return best.name;
}

/** Types that Rails does not know are passed over. */
const isUnregistered = (mediaType: string): boolean => /^(?:application\/vnd\.|[^/]*$)|\+(?:json|xml)$/.test(mediaType);

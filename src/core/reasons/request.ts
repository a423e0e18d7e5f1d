import { row, quote, list } from './row.js';

/** Reasons that concern the HTTP request itself: method, path, body, content type, repeated parameters. */
export const requestReasons = {
  'request.method-not-allowed': row(
    405,
    'invalid_request',
    'This method is not allowed here.',
    (f: { method: string; allowed: readonly string[] }) => `the method was ${f.method}; allowed: ${list(f.allowed)}`,
  ),
  'request.path-unknown': row(
    404,
    'not_found',
    'There is nothing at this path.',
    (f: { path: string; known: readonly string[]; hosts?: readonly string[] }) =>
      f.hosts === undefined
        ? `nothing is served at ${quote(f.path)}; served here: ${list(f.known)}`
        : `${quote(f.path)} is not at this host, but at ${list(f.hosts)}` +
          (f.known.length > 0 ? `; paths of this host alone: ${list(f.known)}` : ''),
  ),
  'request.path-malformed': row(
    400,
    'invalid_request',
    'The path is not valid percent-encoding.',
    (f: { path: string; detail?: string }) =>
      f.detail ?? `the path ${quote(f.path)} cannot be percent-decoded (RFC 3986 §2.1)`,
  ),
  'request.body-malformed': row(
    400,
    'invalid_request',
    'The request body cannot be read.',
    (f: { detail: string }) => `the body could not be read: ${f.detail}`,
  ),
  'request.body-too-large': row(
    413,
    'invalid_request',
    'The request body is too large.',
    (f: { limitBytes: number }) => `the body is larger than ${String(f.limitBytes)} bytes`,
  ),
  'request.content-type-unsupported': row(
    400,
    'invalid_request',
    'The content type is not supported.',
    (f: { received: string | undefined; accepted: readonly string[] }) =>
      `the body has ${f.received === undefined ? 'no Content-Type' : `the Content-Type ${quote(f.received)}`}; ` +
      `accepted: ${list(f.accepted)}`,
  ),
  'request.content-type-malformed': row(
    400,
    'invalid_request',
    'The content type is malformed.',
    (f: { received: string }) => `the Content-Type ${quote(f.received)} is not a media type (RFC 9110 §8.3.1)`,
  ),
  'request.accept-malformed': row(
    406,
    'invalid_request',
    'The header Accept is malformed.',
    (f: { received: string }) => `the Accept header ${quote(f.received)} is no list of media types (RFC 9110 §12.5.1)`,
  ),
  'request.parameter-repeated': row(
    400,
    'invalid_request',
    'A parameter is included more than once.',
    (f: { name: string; values: readonly string[] }) =>
      `${quote(f.name)} was sent ${String(f.values.length)} times (${list(f.values)}); ` +
      'RFC 6749 §3.1 and §3.2 allow it once',
  ),
  'request.parameter-malformed': row(
    400,
    'invalid_request',
    'A parameter is malformed.',
    (f: { name: string; detail: string }) => `${quote(f.name)} is malformed: ${f.detail}`,
  ),
  'request.parameter-missing': row(
    400,
    'invalid_request',
    'A required parameter is missing.',
    (f: { name: string; values: readonly string[] }) =>
      `${quote(f.name)} was not sent; the provider requires it${f.values.length > 0 ? `: ${list(f.values)}` : ''}`,
  ),
  'request.parameter-unsupported': row(
    400,
    'invalid_request',
    'The value of a parameter is not supported.',
    (f: { name: string; value: string; values: readonly string[]; pattern: string | undefined }) =>
      `${quote(f.name)} was ${quote(f.value)}; it can be ` +
      (f.values.length > 0 ? list(f.values) : `what matches ${String(f.pattern)}`),
  ),
  'request.secret-in-url': row(
    400,
    'invalid_request',
    'Credentials must not be sent in the URL.',
    (f: { name: string }) =>
      `${quote(f.name)} is in the URL, where logs and the browser's history keep it; RFC 6749 §2.3.1 forbids that`,
  ),
  'request.authorization-repeated': row(
    400,
    'invalid_request',
    'The header Authorization is included more than once.',
    (f: { count: number }) =>
      `${String(f.count)} Authorization headers were sent; RFC 9110 §5.3 allows one, and RFC 6749 §2.3 one way of ` +
      'authentication a request',
  ),
} as const;

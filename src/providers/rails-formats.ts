import { json } from './standard.js';
import type { RequestSeen, WireAnswer } from './provider.js';

type Headers = RequestSeen['headers'];

/** A list that ends or begins with any type is taken as a browser's, and is not read. */
const browserLike = /,\s*\*\/\*|\*\/\*\s*,/;

/** Whether Rails reads the header Accept: `valid_accept_header`. */
export function acceptCounts(headers: Headers): boolean {
  const { accept = '', 'x-requested-with': sender } = headers;
  const isPresent = accept !== '' && accept.trim() !== '';
  if (typeof sender === 'string' && /xmlhttprequest/i.test(sender)) {
    return isPresent || (headers['content-type'] ?? '').trim() !== '';
  }
  return isPresent && !browserLike.test(accept);
}

/** Names of the formats in which Rails writes an error, by media type. */
const formatNames: ReadonlyMap<string, string> = new Map([
  ['application/json', 'json'],
  ['text/x-json', 'json'],
  ['application/jsonrequest', 'json'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/x-xml', 'xml'],
  ['application/x-yaml', 'yaml'],
  ['text/yaml', 'yaml'],
]);

/** The same names, by the end of a path or the value of a parameter `format`. */
export const formatsBySuffix: ReadonlyMap<string, string> = new Map([
  ['json', 'json'],
  ['xml', 'xml'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
]);

/** Types that Rails does not know are passed over. */
const isUnregistered = (mediaType: string): boolean => /^(?:application\/vnd\.|[^/]*$)|\+(?:json|xml)$/.test(mediaType);

/** The format with the highest weight in an Accept header; of equal ones the first. Other known types are `html`. */
export function acceptedFormat(accept: string): string {
  let best = { name: 'html', weight: -1 };
  for (const item of accept.split(',')) {
    const [type, ...parameters] = item.split(';');
    const mediaType = (type as string).trim();
    const name = formatNames.get(mediaType) ?? (isUnregistered(mediaType) ? undefined : 'html');
    const weight = weightIn(parameters);
    if (name !== undefined && weight > best.weight) best = { name, weight };
  }
  return best.name;
}

/** The weight among the parameters of a media range (RFC 9110 §12.4.2). */
function weightIn(parameters: readonly string[]): number {
  const weight = parameters.find((each) => /^\s*q=/.test(each)) ?? '';
  return Number(/^\s*q="?([\d.]+)/.exec(weight)?.[1] ?? 1);
}

/** Media types that Rails knows. Of these, only `html` has a page. */
const known = /^(?:application|text|image|audio|video|font|multipart)\//;
const html = /^(?:text\/html|application\/xhtml\+xml|text\/\*|\*\/\*)$/;

const jsonType = { 'content-type': 'application/json; charset=UTF-8' };

/** An error of Rails without a body. */
export const emptyHtml = (status: number): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: '',
  layer: 'server',
});

/**
 * What Rails 6.1 answers where it renders a page that exists only as HTML, and the Accept header has only other
 * formats: a failure, in the first of these formats if it is JSON.
 */
export function railsWithoutTemplate(headers: Headers): WireAnswer | undefined {
  if (!acceptCounts(headers)) return undefined;
  const types = String(headers.accept)
    .split(',')
    .map((type) => (type.split(';', 1)[0] as string).trim().toLowerCase());
  const [first, ...others] = types.filter((type) => type === '*/*' || known.test(type));
  if (first === undefined || [first, ...others].some((type) => html.test(type))) return undefined;
  return formatNames.get(first) === 'json'
    ? { ...json(500, jsonType, { status: 500, error: 'Internal Server Error' }), layer: 'server' }
    : emptyHtml(500);
}

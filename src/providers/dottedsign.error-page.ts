import { STATUS_CODES } from 'node:http';
import { json } from './standard.js';
import type { WireAnswer } from './provider.js';

/** Rails takes an Accept header with a bare wildcard in a list for a browser's, and passes over it. */
const browserLike = /,\s*\*\/\*|\*\/\*\s*,/;

/**
 * The answer of Rails (its PublicExceptions) to a request that it cannot read: in the format that the client asks for,
 * or else an empty page.
 */
export function railsErrorPage(status: number, accept: string | undefined): WireAnswer {
  const error = STATUS_CODES[status] ?? 'Internal Server Error';
  switch (firstFormat(accept)) {
    case 'application/json':
      return json(status, { 'content-type': 'application/json; charset=UTF-8' }, { status, error });
    case 'application/xml':
      return { status, headers: { 'content-type': 'application/xml; charset=UTF-8' }, body: asXml(status, error) };
    default:
      return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: '' };
  }
}

/** The media type with the greatest q, and of several the first. Undefined if there is none. */
function firstFormat(accept: string | undefined): string | undefined {
  if (accept === undefined || browserLike.test(accept)) return undefined;
  const ranked = accept.split(',').map((each) => {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { type: synonyms[type.toLowerCase()] ?? type.toLowerCase(), q: q === undefined ? 1 : Number(q.slice(2)) };
  });
  return ranked.toSorted((a, b) => b.q - a.q)[0]?.type;
}

const synonyms: Readonly<Record<string, string>> = {
  'text/x-json': 'application/json',
  'application/jsonrequest': 'application/json',
  'text/xml': 'application/xml',
  'application/x-xml': 'application/xml',
};

/** `Hash#to_xml`. */
const asXml = (status: number, error: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <status type="integer">${status}</status>\n` +
  `  <error>${error}</error>\n</hash>\n`;

import { json } from './standard.js';
import type { WireAnswer } from './provider.js';

/** Rails takes such an Accept header for that of a browser, and answers with HTML. */
const browserLike = /,\s*\*\/\*|\*\/\*\s*,/;

/** Media types that Rails knows and for which there is no HTML page. */
const known = /^(?:application|text|image|audio|video|font|multipart)\//;
const html = /^(?:text\/html|application\/xhtml\+xml|text\/\*|\*\/\*)$/;
const jsonLike = /^(?:application\/json|text\/x-json|application\/jsonrequest)$/;

const jsonType = { 'content-type': 'application/json; charset=UTF-8' };

/**
 * What Rails 6.1 answers where it renders a page that exists as HTML alone, and the Accept header names other formats
 * only: a failure, in the first of these formats if it is JSON.
 */
export function railsWithoutTemplate(accept = '', byScript = false): WireAnswer | undefined {
  if (accept.trim() === '' || (!byScript && browserLike.test(accept))) return undefined;
  const types = accept.split(',').map((type) => (type.split(';', 1)[0] as string).trim().toLowerCase());
  const recognized = types.filter((type) => type === '*/*' || known.test(type));
  if (recognized.length === 0 || recognized.some((type) => html.test(type))) return undefined;
  return jsonLike.test(recognized[0] as string)
    ? { ...json(500, jsonType, { status: 500, error: 'Internal Server Error' }), layer: 'server' }
    : { status: 500, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: '', layer: 'server' };
}

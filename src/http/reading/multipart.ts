import { finished } from 'node:stream/promises';
// a static import: in the bundle, a dynamic import of a CommonJS package has only a default export
import { Busboy } from '@fastify/busboy';
import { refuse } from '../../core/errors.js';
import { groupPairs } from './form-text.js';
import type { Pair, Source } from './form-text.js';

/** Maximum number of parts: a form of the largest body can have more empty ones. */
const partLimit = 1024;

/** Limits of the parser. A part has few and short headers: Content-Disposition, Content-Type. */
const limits = { parts: partLimit, fieldNameSize: 16 * 1024, headerPairs: 100, headerSize: 16 * 1024 };

/**
 * Parses the fields of a multipart form; files are ignored. The value of a repeated field is a list, as in the form
 * parser.
 *
 * @throws request.body-malformed
 */
export async function readMultipart(contentType: string, body: Buffer | string): Promise<Source> {
  const pairs: Pair[] = [];
  const excess = { found: false };
  try {
    const parser = new Busboy({ headers: { 'content-type': contentType }, limits });
    parser.on('partsLimit', () => (excess.found = true));
    parser.on('field', (name, value) => pairs.push([name, value]));
    await finished(parser.end(body));
  } catch {
    throw refuse('request.body-malformed', {
      detail: 'it is not a multipart form with the boundary of the Content-Type, or its end is missing',
    });
  }
  if (excess.found) throw refuse('request.body-malformed', { detail: `it has more than ${partLimit} parts` });
  return groupPairs(pairs);
}

import { finished } from 'node:stream/promises';
// a static import: in the bundle, a dynamic import of a CommonJS package has only a default export
import { Busboy } from '@fastify/busboy';
import { refuse } from '../../core/errors.js';

/**
 * Parses the fields of a multipart form; files are ignored. The value of a repeated field is a list, as in the form
 * parser.
 *
 * @throws request.body-malformed
 */
export async function readMultipart(
  contentType: string,
  body: Buffer | string,
): Promise<Readonly<Record<string, string | readonly string[]>>> {
  const members = new Map<string, string[]>();
  try {
    const parser = new Busboy({ headers: { 'content-type': contentType } });
    parser.on('field', (name, value) => members.set(name, [...(members.get(name) ?? []), value]));
    await finished(parser.end(body));
  } catch {
    throw refuse('request.body-malformed', {
      detail: 'it is not a multipart form with the boundary of the Content-Type, or its end is missing',
    });
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length > 1 ? values : String(values[0])]),
  );
}

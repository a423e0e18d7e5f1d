import { finished } from 'node:stream/promises';
// a package in CommonJS has its names when it is imported at once; loaded late, in the bundle, it has a default alone
import { Busboy } from '@fastify/busboy';
import { refuse } from '../../core/errors.js';

/**
 * Fields alone: no provider takes files here. A repeated field is a list, as the form parser has it.
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
      detail: 'it is no multipart form with the boundary that the Content-Type names, or it breaks off',
    });
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length > 1 ? values : String(values[0])]),
  );
}

import formbody from '@fastify/formbody';
import { refuse } from '../../core/errors.js';
import { deepest, isTooDeep } from '../../input/nesting.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyType, Policy } from '../../core/model.js';

/** How large a request body may be; at a provider's API there is more to say. */
export const bodyLimitBytes = 64 * 1024;
export const apiBodyLimitBytes = 1024 * 1024;

/** How long a body is that the journal keeps, in characters: a thousand of the longest would be a gigabyte. */
const keptLength = 64 * 1024;

/** The body of a request as the journal keeps it. */
export function journaledBody(request: FastifyRequest): unknown {
  const { body } = request;
  const bodyLength = lengthOf(request);
  return bodyLength > keptLength ? `(${bodyLength} characters; the journal keeps bodies of up to ${keptLength})` : body;
}

/** The parser of forms does not tell how long they were, and a body in chunks does not say so either. */
function lengthOf({ body, bodyLength, headers }: FastifyRequest): number {
  if (bodyLength > 0 || body === undefined) return bodyLength;
  return headers['content-length'] === undefined ? JSON.stringify(body).length : Number(headers['content-length']);
}

const types: Readonly<Record<string, BodyType>> = {
  'application/x-www-form-urlencoded': 'form',
  'application/json': 'json',
  'multipart/form-data': 'multipart',
};

/** What kind of body a request says that it has; undefined for a kind that nobody reads. */
export function bodyType({ headers }: FastifyRequest): BodyType | undefined {
  const { 'content-type': mediaType } = headers;
  if (mediaType === undefined) return undefined;
  // most say it without a parameter, in these very letters
  return types[mediaType] ?? types[(mediaType.split(';', 1)[0] as string).trim().toLowerCase()];
}

/** The media types that a realm's token endpoint takes. */
export function mediaTypes({ tokenBodyTypes }: Policy): readonly string[] {
  return Object.keys(types).filter((mediaType) => tokenBodyTypes.includes(types[mediaType] as BodyType));
}

/** Parsers of whatever a client may send; which of them an endpoint accepts is said by policy, later. */
export async function bodyParsers(app: FastifyInstance): Promise<void> {
  await app.register(formbody, { bodyLimit: bodyLimitBytes });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    request.bodyLength = text.length;
    try {
      done(null, parseJson(String(text)));
    } catch (error) {
      done(refuse('request.body-malformed', { detail: jsonErrorDetail(error) }));
    }
  });
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, parseMultipart);
  // kept as text, so that the journal shows it and the endpoint can say what it wanted instead
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    request.bodyLength = text.length;
    done(null, text);
  });
}

/** Clients send `Content-Type: application/json` with no body at all; frameworks take that as no parameters. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  // the journal keeps it, and whoever reads that would run out of stack
  if (isTooDeep(value)) throw new Error(`it is nested deeper than ${deepest} levels`);
  return value;
}

/** What the parser says, without what it quotes: that may be a secret. */
export function jsonErrorDetail(error: unknown): string {
  return (
    (error as Error).message.replace(/(, )?(\.\.\.)?"[^]*"(\.\.\.)? is not valid JSON$/, '') || 'it is no JSON at all'
  );
}

/** Only one old sketch of MailUp's sends this, so the parser is loaded when it is needed. */
async function parseMultipart(request: FastifyRequest, body: Buffer | string): Promise<unknown> {
  request.bodyLength = body.length;
  const { readMultipart } = await import('./multipart.js');
  return readMultipart(String(request.headers['content-type']), body);
}

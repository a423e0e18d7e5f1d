import formbody from '@fastify/formbody';
import { refuse } from '../../core/errors.js';
import { deepest, isTooDeep } from '../../input/nesting.js';
import { oddText } from './odd-requests.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyType, Policy } from '../../core/model.js';

/** Maximum size of a request body at the endpoints of the protocol. */
export const bodyLimitBytes = 64 * 1024;
/** Maximum size of a request body at a provider's API. */
export const apiBodyLimitBytes = 1024 * 1024;

/**
 * Maximum length of a body in the journal, in characters. 1000 entries with bodies of the API's limit would need a
 * gigabyte.
 */
const journaledLength = 64 * 1024;

/** The body of a request for the journal: a note in its place if it is too long. */
export function journaledBody(request: FastifyRequest): unknown {
  const { body } = request;
  const bodyLength = lengthOf(request);
  return bodyLength > journaledLength
    ? `(${bodyLength} characters; the journal keeps bodies of up to ${journaledLength})`
    : body;
}

/** The length of a body. The form parser does not tell it, and a chunked body has no Content-Length. */
function lengthOf({ body, bodyLength, headers }: FastifyRequest): number {
  if (bodyLength > 0 || body === undefined) return bodyLength;
  return headers['content-length'] === undefined ? JSON.stringify(body).length : Number(headers['content-length']);
}

const types: Readonly<Record<string, BodyType>> = {
  'application/x-www-form-urlencoded': 'form',
  'application/json': 'json',
  'multipart/form-data': 'multipart',
};

/** The body type by the Content-Type. Undefined without one, and for a media type that is not parsed. */
export function bodyType({ headers }: FastifyRequest): BodyType | undefined {
  const { 'content-type': mediaType } = headers;
  if (mediaType === undefined) return undefined;
  // fast path: most clients send exactly this text, without parameters
  return types[mediaType] ?? types[(mediaType.split(';', 1)[0] as string).trim().toLowerCase()];
}

/** The media types that the token endpoint accepts. */
export function mediaTypes({ tokenBodyTypes }: Policy): readonly string[] {
  return Object.keys(types).filter((mediaType) => tokenBodyTypes.includes(types[mediaType] as BodyType));
}

/** Registers body parsers for every media type. The endpoint checks later which of them the policy accepts. */
export async function bodyParsers(app: FastifyInstance): Promise<void> {
  await app.register(formbody, { bodyLimit: bodyLimitBytes });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    request.bodyLength = text.length;
    try {
      done(null, parseJson(String(text)));
    } catch (error) {
      const hint = oddText(String(text));
      const detail = jsonErrorDetail(error) + (hint === undefined ? '' : `; ${hint}`);
      done(refuse('request.body-malformed', { detail }));
    }
  });
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, parseMultipart);
  // any other type is kept as text: the journal shows it, and the endpoint refuses it
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    request.bodyLength = text.length;
    done(null, text);
  });
}

/** Parses a JSON body. An empty body counts as no parameters, as in the providers' frameworks. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  // the code that shows a journal entry is recursive
  if (isTooDeep(value)) throw new Error(`it is nested deeper than ${deepest} levels`);
  return value;
}

/** The parser's message without its quote of the text, which may be a secret. */
export function jsonErrorDetail(error: unknown): string {
  return (error as Error).message.replace(/(, )?(\.\.\.)?"[^]*"(\.\.\.)? is not valid JSON$/, '') || 'it is not JSON';
}

/** Few clients send multipart, so its parser is loaded when it is first needed. */
async function parseMultipart(request: FastifyRequest, body: Buffer | string): Promise<unknown> {
  request.bodyLength = body.length;
  const { readMultipart } = await import('./multipart.js');
  return readMultipart(String(request.headers['content-type']), body);
}

import { isUtf8 } from 'node:buffer';
import formbody from '@fastify/formbody';
import { refuse } from '../../core/errors.js';
import { deepest, isTooDeep } from '../../input/nesting.js';
import { parseForm } from './form-text.js';
import { mistakeInText } from './odd-requests.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyType, Policy } from '../../core/policy.js';

/** Maximum size of a request body at the endpoints of the protocol. */
export const bodyLimitBytes = 64 * 1024;
/** Maximum size of a request body at a provider's API. */
export const apiBodyLimitBytes = 1024 * 1024;

/** Body types by media type. Rails knows JSON by three names. */
const types: ReadonlyMap<string, BodyType> = new Map([
  ['application/x-www-form-urlencoded', 'form'],
  ['application/json', 'json'],
  ['text/x-json', 'json'],
  ['application/jsonrequest', 'json'],
  ['multipart/form-data', 'multipart'],
]);

/** The length of a body as sent. Its parser may not tell it. 0: not known, because the body is chunked. */
export const sentLength = ({ bodyLength, headers }: FastifyRequest): number =>
  bodyLength > 0 ? bodyLength : Number(headers['content-length'] ?? 0);

/** The Content-Type as sent. The headers of Fastify leave out a malformed one: see `passMalformedType`. */
export const contentTypeOf = ({ raw }: FastifyRequest): string | undefined => raw.headers['content-type'];

/** The body type by the Content-Type. Undefined for a media type that is not parsed. */
export function bodyType(request: FastifyRequest): BodyType | undefined {
  const mediaType = contentTypeOf(request);
  if (mediaType === undefined || mediaType === '') return 'untyped';
  // fast path: most clients send exactly this text, without parameters
  return types.get(mediaType) ?? types.get((mediaType.split(/[;,]/, 1)[0] as string).trim().toLowerCase());
}

/** The media types that an error message lists: one for each body type. */
const listedTypes = ['application/x-www-form-urlencoded', 'application/json', 'multipart/form-data'];

/** The media types that the token endpoint accepts. */
export function mediaTypes({ tokenBodyTypes }: Policy): readonly string[] {
  return listedTypes.filter((mediaType) => tokenBodyTypes.includes(types.get(mediaType) as BodyType));
}

/**
 * Hides a Content-Type that is no media type from Fastify, which would refuse the request before any policy is asked.
 * The body is kept as text.
 */
export function passMalformedType(request: FastifyRequest): void {
  if (request.headers['content-type'] === undefined || request.mediaType !== undefined) return;
  request.headers = { 'content-type': undefined };
}

/**
 * Registers body parsers for every media type. A body that its parser cannot read is kept as text if the policy leaves
 * its type unread, and refused otherwise. The endpoint checks later which types the policy accepts.
 */
export async function bodyParsers(app: FastifyInstance): Promise<void> {
  await app.register(formbody, { bodyLimit: bodyLimitBytes, parser: (text) => parseForm(text) });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  const json = [...types.keys()].filter((mediaType) => types.get(mediaType) === 'json');
  app.addContentTypeParser(json, { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = bytes.toString();
    request.bodyLength = text.length;
    try {
      done(null, parseJson(text, bytes as Buffer));
    } catch (error) {
      if (isUnread(request, 'json')) done(null, text);
      else {
        // a text that begins with a brace is meant as JSON, so it needs no hint at another mistake
        const hint = /^\s*\{/.test(text) ? undefined : mistakeInText(text);
        const detail = jsonErrorDetail(error) + (hint === undefined ? '' : `; ${hint}`);
        const refusal = refuse('request.body-malformed', { detail });
        if (!isRoutedFirst(request)) {
          done(refusal);
          return;
        }
        request.unreadableBody = refusal;
        done(null, text);
      }
    }
  });
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, parseMultipart);
  // any other type is kept as text: the journal shows it, and the endpoint refuses it
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    request.bodyLength = text.length;
    done(null, isUntypedForm(request) ? parseForm(text as string) : text);
  });
}

/** The policy of a request. Undefined outside of the providers: the admin API has no realm. */
const policyOf = ({ realm }: FastifyRequest): Policy | undefined =>
  (realm as FastifyRequest['realm'] | undefined)?.policy;

/** Whether the provider reads a body without Content-Type as a form. Rack does so only for POST. */
function isUntypedForm(request: FastifyRequest): boolean {
  const isRead = policyOf(request)?.tokenBodyTypes.includes('untyped') === true;
  return isRead && request.method === 'POST' && bodyType(request) === 'untyped';
}

/** Whether the provider's framework looks for a route before it reads the body. */
const isRoutedFirst = (request: FastifyRequest): boolean => policyOf(request)?.unknownPaths === 'as-the-framework';

/** Whether the endpoints of the protocol leave this type of body unread. */
function isUnread(request: FastifyRequest, type: BodyType): boolean {
  const policy = policyOf(request);
  return (
    policy !== undefined &&
    policy.unreadBody !== 'refused' &&
    !policy.tokenBodyTypes.includes(type) &&
    request.routeOptions.config.endpoint !== 'resource'
  );
}

/** Whether the endpoints of the protocol go on without a multipart body that cannot be read, as Tomcat does. */
const isPassedOver = (request: FastifyRequest): boolean =>
  isUnread(request, 'multipart') ||
  (policyOf(request)?.unreadBody === 'ignored' && request.routeOptions.config.endpoint !== 'resource');

/** Parses a JSON body. An empty body counts as no parameters, as in the providers' frameworks. */
function parseJson(text: string, bytes: Buffer): unknown {
  if (text.trim() === '') return undefined;
  const value: unknown = JSON.parse(text);
  // the code that shows a journal entry is recursive
  if (isTooDeep(value)) throw new Error(`it is nested deeper than ${deepest} levels`);
  if (text.includes('\uFFFD') && !isUtf8(bytes)) throw new Error('it is not UTF-8');
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
  try {
    return await readMultipart(String(request.headers['content-type']), body);
  } catch (error) {
    // Rack reads a multipart body without a boundary as a form, and Rails goes on without a body that ends too early
    if (policyOf(request)?.parameterSyntax === 'rack' || isPassedOver(request)) return String(body);
    throw error;
  }
}

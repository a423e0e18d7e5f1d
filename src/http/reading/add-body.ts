import { refuse } from '../../core/errors.js';
import { bodyType, contentTypeOf, mediaTypes } from './body.js';
import { parseForm } from './form-text.js';
import type { FastifyRequest } from 'fastify';
import type { Policy } from '../../core/policy.js';
import type { Parameters } from './parameters.js';

/**
 * Adds the parameters of a request's body, if the policy reads bodies of its type. With `isRead` false, the policy
 * reads no parameters in a body: they count only for `elsewhere`.
 *
 * @throws request.content-type-unsupported, request.body-malformed, request.parameter-repeated,
 * request.parameter-malformed
 */
export function addBody(request: FastifyRequest, policy: Policy, parameters: Parameters, isRead: boolean): void {
  const { body } = request;
  if (body === undefined || body === null || body === '') return;
  if (!isRead) {
    parameters.add(body, 'body', false);
    return;
  }
  const type = bodyType(request);
  if (type === undefined || !policy.tokenBodyTypes.includes(type)) {
    leaveUnread(request, policy, parameters);
  } else if (typeof body === 'object' && !Array.isArray(body)) {
    parameters.add(body, 'body', true);
  } else if (type === 'multipart' && policy.parameterSyntax === 'plain') {
    parameters.notes.about('the multipart body cannot be read, and has no parameters');
  } else if (typeof body === 'string' && type !== 'json') {
    // Rack reads a multipart body without a boundary as a form
    parameters.add(parseForm(body), 'body', true);
  } else if (policy.parameterSyntax === 'rack') {
    parameters.notes.about('the body is JSON, but no object: it has no parameters');
  } else {
    throw refuse('request.body-malformed', { detail: 'an object of parameters was expected' });
  }
}

function leaveUnread(request: FastifyRequest, policy: Policy, parameters: Parameters): void {
  const received = contentTypeOf(request);
  if (policy.unreadBody === 'refused') {
    throw refuse('request.content-type-unsupported', { received, accepted: mediaTypes(policy) });
  }
  request.entry.isBodyUnread = true;
  parameters.add(request.body, 'body', false);
  parameters.notes.about(
    `the body ${received === undefined ? 'has no Content-Type' : `is ${JSON.stringify(received.slice(0, 100))}`} and ` +
      `is not read; read: ${mediaTypes(policy).join(', ')}`,
  );
}

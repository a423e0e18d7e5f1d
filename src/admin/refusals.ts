import { pathOf } from '../http/addressing.js';
import { sendProblem } from '../http/problem.js';
import { unknownWorld, worldId } from '../http/request-world.js';
import { TooManyWorlds, WorldGone } from '../world/worlds.js';
import { AdminError } from './admin-error.js';
import { routes } from './routes.js';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Worlds } from '../world/worlds.js';

/** Answers an error of a call as a problem document (RFC 9457). */
export function sendAdminError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AdminError) {
    return sendProblem(reply, {
      title: error.title,
      status: error.status,
      detail: error.message,
      ...(error.mistakes === undefined ? {} : { errors: error.mistakes }),
      ...error.extra,
    });
  }
  if (error instanceof TooManyWorlds) {
    return sendProblem(reply, { title: 'Too many worlds', status: 409, detail: error.message });
  }
  if (error instanceof WorldGone) {
    return sendProblem(reply, { title: 'World was dropped', status: 409, detail: error.message });
  }
  const { statusCode: status = 500, message } = error;
  // with `connection: close`, a client that is still sending could get a reset before it reads the answer
  if (status === 413) {
    return sendProblem(reply.removeHeader('connection'), {
      title: 'Body too large',
      status,
      detail: `The body is larger than ${request.routeOptions.bodyLimit} bytes, which is the limit of this call.`,
    });
  }
  if (status >= 500) request.log.error(error);
  return sendProblem(reply, {
    title: status >= 500 ? 'Internal error in Understudy' : 'Invalid request',
    status,
    detail: status === 415 ? 'The body must be JSON: Content-Type: application/json.' : message,
  });
}

/** Answers a URL whose world does not exist. */
export function sendUnknownWorld(request: FastifyRequest, reply: FastifyReply, worlds: Worlds): FastifyReply {
  return sendProblem(reply, unknownWorld(worldId(request), worlds));
}

const table = routes.map(({ method, path }) => ({
  method,
  path: `/__admin${path}`,
  pattern: new RegExp(`^/__admin${path.replaceAll(/:\w+/g, '[^/]+')}$`),
}));

/** Answers a call that does not exist: 405 if its path has other methods, otherwise 404. */
export function sendUnknownCall({ method, originalUrl, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const call = `${method} ${pathOf(originalUrl)}`;
  const atPath = table.filter(({ pattern }) => pattern.test(pathOf(url)));
  if (atPath.length > 0 && !atPath.some((route) => route.method === method)) {
    const allowed = atPath.map((route) => route.method);
    return sendProblem(reply.header('allow', allowed.join(', ')), {
      title: 'Method not allowed',
      status: 405,
      detail: `The admin API has no ${call}. Allowed methods: ${allowed.join(', ')}.`,
    });
  }
  const known = table.map(({ method: verb, path }) => `${verb} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  return sendProblem(reply, {
    title: 'Unknown call',
    status: 404,
    detail: `The admin API has no ${call}. All calls are described at /__admin/openapi.json.`,
    known,
  });
}

import { sendUnknownCall } from './refusals.js';
import type { FastifyInstance } from 'fastify';

/** The OpenAPI document and its browser: both, and the libraries that make them, are loaded when they are asked for. */
export function docsRoutes(app: FastifyInstance): void {
  app.get('/__admin/openapi.json', async (_request, reply) => {
    const { openApiDocument } = await import('./openapi.js');
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(await openApiDocument()));
  });

  for (const path of ['/__admin/docs', '/__admin/docs/*']) {
    app.get(path, async (request, reply) => {
      const { docsPage } = await import('./openapi.js');
      const answer = await docsPage(request.url);
      if (answer.statusCode >= 400) return sendUnknownCall(request, reply);
      // headers of the connection are those of this one (RFC 9110 §7.6.1)
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && name !== 'connection') reply.header(name, value);
      }
      return reply.code(answer.statusCode).send(answer.rawPayload);
    });
  }
}

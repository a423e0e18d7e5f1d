import { sendUnknownCall } from './refusals.js';
import type { FastifyInstance } from 'fastify';

const json = 'application/json; charset=utf-8';

/** Serves the OpenAPI document and the page that shows it. The code that makes them is loaded at the first request. */
export function docsRoutes(app: FastifyInstance): void {
  for (const path of ['/__admin/openapi.json', '/__admin/docs/json']) {
    app.get(path, { exposeHeadRoute: true }, async (_request, reply) => {
      const { openApiDocument } = await import('./openapi.js');
      return reply
        .type(json)
        .header('cache-control', 'no-store')
        .send(JSON.stringify(await openApiDocument()));
    });
  }
  for (const path of ['/__admin/docs', '/__admin/docs/']) {
    app.get(path, { exposeHeadRoute: true }, async (_request, reply) => {
      const { docsPage } = await import('./docs-page.js');
      return reply.type('text/html; charset=utf-8').send(docsPage(path));
    });
  }
  app.get<{ Params: { file: string } }>('/__admin/docs/static/:file', async (request, reply) => {
    const { docsFile } = await import('./docs-page.js');
    const file = await docsFile(request.params.file);
    return file === undefined ? sendUnknownCall(request, reply) : reply.type(file.mediaType).send(file.content);
  });
}

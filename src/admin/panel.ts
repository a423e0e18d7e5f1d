import { namedWorld } from '../http/addressing.js';
import { sendUnknownCall } from './refusals.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * What the page may load: its own script and style, and calls of this server. `style-src` has no `unsafe-inline`:
 * Preact sets styles by script, which the policy allows.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The path of the folder of the panel. */
const folder = '/__admin/ui/';

/**
 * Serves the panel: a page for every view, and its files. They contain nothing of a world, so they need no admin
 * token. The panel itself uses the admin API.
 */
export function panelRoutes(app: FastifyInstance): void {
  app.get('/__admin/ui', (request, reply) => reply.redirect(panelUrl(request)));
  for (const path of [folder, `${folder}:view`]) app.get(path, sendPanel);
  app.get<{ Params: { file: string } }>(`${folder}assets/:file`, async (request, reply) => {
    const { panelFile } = await import('./panel-files.js');
    const file = await panelFile(request.params.file);
    if (file === undefined) return sendUnknownCall(request, reply);
    return reply
      .type(file.mediaType)
      .header('cache-control', 'no-cache')
      .header('x-content-type-options', 'nosniff')
      .send(file.content);
  });
}

/** The URL of a view of the panel, for the world of the request. */
export function panelUrl({ serverUrl, raw }: FastifyRequest, view = '', filters: Record<string, string> = {}): string {
  const world = namedWorld(raw);
  const query = new URLSearchParams({ ...(world === undefined ? {} : { world }), ...filters });
  return `${serverUrl}${folder}${view}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

async function sendPanel(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  // the world of a view is in its query, so that the page has one folder
  if (namedWorld(request.raw) !== undefined) {
    const { view } = request.params as { view?: string };
    await reply.redirect(panelUrl(request, view, request.query as Record<string, string>));
    return;
  }
  const page = await reply.viewAsync('panel.eta', { access: request.adminMode, folder: './' });
  await reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(page);
}

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
  for (const path of [folder, `${folder}:view`]) app.get(path, { exposeHeadRoute: true }, sendPanel);
  // one slash too few, or too many
  for (const path of [folder.slice(0, -1), `${folder}:view/`]) {
    app.get(path, { exposeHeadRoute: true }, (request, reply) => reply.redirect(sameView(request)));
  }
  app.get(`${folder}assets/:file`, { exposeHeadRoute: true }, async (request, reply) => {
    const { panelFile } = await import('./panel-files.js');
    const file = await panelFile((request.params as { file: string }).file, request.headers);
    return file === undefined
      ? sendUnknownCall(request, reply)
      : reply.code(file.status).headers(file.headers).send(file.content);
  });
}

/** The URL of a view of the panel, for the world of the request. */
export function panelUrl({ serverUrl, raw }: FastifyRequest, view = '', filters: Record<string, string> = {}): string {
  const world = namedWorld(raw);
  const query = new URLSearchParams({ ...(world === undefined ? {} : { world }), ...filters });
  return `${serverUrl}${folder}${encodeURIComponent(view)}${query.size === 0 ? '' : `?${query.toString()}`}`;
}

/** The URL of the view that a request asks for, with its filters. */
function sameView(request: FastifyRequest): string {
  const { view } = request.params as { view?: string };
  return panelUrl(request, view, request.query as Record<string, string>);
}

async function sendPanel(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  // the world of a view is in its query, so that the page has one folder
  if (namedWorld(request.raw) !== undefined) {
    await reply.redirect(sameView(request));
    return;
  }
  const { panelPage } = await import('./panel-files.js');
  await reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(panelPage({ access: request.adminMode, folder: './' }));
}

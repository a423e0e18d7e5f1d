import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import view from '@fastify/view';
import { Eta } from 'eta';
import { packageFolder } from '../../package.js';
import { sendAnswer } from '../answering/answer.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const folder = join(packageFolder, 'views');

interface Style {
  readonly text: string;
  readonly hash: string;
}
let style: Style | undefined;

/** The style sheet, with its hash for the Content-Security-Policy. Read from disk for the first page. */
function readStyle(): Style {
  if (style === undefined) {
    const text = readFileSync(join(folder, 'style.css'), 'utf8');
    style = { text, hash: createHash('sha256').update(text).digest('base64') };
  }
  return style;
}

/** Registers the template engine of the pages. */
export async function viewsPlugin(app: FastifyInstance): Promise<void> {
  await app.register(view, {
    engine: { eta: new Eta({ views: folder, cache: true }) },
    templates: folder,
    production: true,
  });
}

/**
 * Sends a page, with a Content-Security-Policy that allows no content from other servers. `formTargets` are the
 * sources to which its forms may lead, in addition to this server.
 */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  template: 'login' | 'consent' | 'refused',
  data: object,
  formTargets: readonly string[] = [],
): Promise<void> {
  const { provider, world } = request;
  const { text, hash } = readStyle();
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "script-src 'self'",
      "connect-src 'self'",
      'img-src data:',
      `form-action 'self' ${formTargets.join(' ')}`.trim(),
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  const page = {
    style: text,
    provider: { name: provider.name, title: provider.title },
    accent: provider.accent,
    world: world.id,
    ...data,
  };
  return sendAnswer(request, reply, { status, headers, body: await reply.viewAsync(`${template}.eta`, page) });
}

/**
 * CSP sources for a form whose answer redirects to a redirect URI. Browsers check `form-action` on every redirect
 * after the form, also on those of the client's callback. Their targets are unknown, so these are schemes and not
 * origins.
 */
export function formTargets(redirectUri: string): string[] {
  return [...new Set(['http:', 'https:', new URL(redirectUri).protocol])];
}

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

/** The style sheet and the hash by which the policy lets it in; read when the first page is shown. */
function readStyle(): Style {
  if (style === undefined) {
    const text = readFileSync(join(folder, 'style.css'), 'utf8');
    style = { text, hash: createHash('sha256').update(text).digest('base64') };
  }
  return style;
}

/** Templates of the pages that a person sees. */
export async function viewsPlugin(app: FastifyInstance): Promise<void> {
  await app.register(view, {
    engine: { eta: new Eta({ views: folder, cache: true }) },
    templates: folder,
    production: true,
  });
}

/** Sends a page under a policy that lets nothing in from elsewhere. `formTargets` is where its forms may lead, beside this server. */
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
 * Where a form may lead that ends at a redirect URI. Browsers hold every redirect that follows a form to this list, those
 * of the client's own callback as well, and nobody here knows where that goes on to: hence schemes, and no origins.
 */
export function formTargets(redirectUri: string): string[] {
  return [...new Set(['http:', 'https:', new URL(redirectUri).protocol])];
}

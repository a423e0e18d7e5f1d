import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import view from '@fastify/view';
import { sendAnswer } from '../answering/answer.js';
import { caching } from '../answering/redirect-back.js';
import { templateFolder, templates } from './templates.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WireAnswer } from '../../providers/provider.js';

interface Style {
  readonly text: string;
  readonly hash: string;
}
const styleFiles = ['palette.css', 'base.css', 'style.css'];
let style: Style | undefined;

/** The style sheet, with its hash for the Content-Security-Policy. Read from disk for the first page. */
function readStyle(): Style {
  if (style === undefined) {
    const text = styleFiles.map((file) => readFileSync(join(templateFolder, file), 'utf8')).join('\n');
    style = { text, hash: createHash('sha256').update(text).digest('base64') };
  }
  return style;
}

/** Submits the form of a page. */
const submitScript = 'document.forms[0].submit();';

/** The scripts that each page may run. */
const scripts = {
  login: "'self'",
  consent: "'self'",
  refused: "'self'",
  code: "'none'",
  authorized: "'none'",
  'form-post': `'sha256-${createHash('sha256').update(submitScript).digest('base64')}'`,
} as const;

/** Registers the template engine of the pages. */
export async function viewsPlugin(app: FastifyInstance): Promise<void> {
  // no page uses `locals`; without this, the plugin has a hook that makes an object for each request
  app.decorateReply('locals', null);
  await app.register(view, {
    engine: { eta: templates },
    templates: templateFolder,
    production: true,
  });
}

/**
 * Sends a page, with a Content-Security-Policy that allows no content from other servers. It does not name
 * `form-action`: browsers check that list on every redirect after the form, also on those of the client's callback,
 * which may lead to a scheme of an app.
 */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  template: keyof typeof scripts,
  data: object,
): Promise<void> {
  const { provider, world } = request;
  const { text, hash } = readStyle();
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    ...caching(request),
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      `script-src ${scripts[template]}`,
      "connect-src 'self'",
      'img-src data:',
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  const page = {
    style: text,
    submitScript,
    provider: { name: provider.name, title: provider.title },
    accent: provider.accent,
    words: provider.pageWords ?? {},
    world: world.id,
    ...data,
  };
  return sendAnswer(request, reply, { status, headers, body: await reply.viewAsync(`${template}.eta`, page) });
}

/** What the provider's framework sends in place of a page, if the Accept header does not allow a page. */
export function insteadOfPage({ provider, headers, entry }: FastifyRequest): WireAnswer | undefined {
  const instead = provider.insteadOfPage?.(headers);
  if (instead !== undefined) entry.notes.push('the Accept header names no HTML, and there is only an HTML page');
  return instead;
}

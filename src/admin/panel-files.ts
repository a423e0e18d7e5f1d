import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { templates } from '../http/pages/templates.js';
import { packageFolder } from '../package.js';
import type { IncomingHttpHeaders } from 'node:http';
import type { AdminMode } from '../http/context.js';

const folder = join(packageFolder, 'dist', 'panel');

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="12" cy="16" r="10" fill="#5b6f92"/>
<circle cx="20" cy="16" r="9" fill="none" stroke="#5b6f92" stroke-width="2"/>
</svg>`;

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['panel.js', 'text/javascript; charset=utf-8'],
  ['panel.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
]);

/**
 * Writes the page of the panel, which is the same for all views.
 *
 * @param page who may use the admin API, and the folder of the panel as the page names it
 */
export const panelPage = (page: { readonly access: AdminMode; readonly folder: string }): string =>
  templates.render('panel.eta', page);

/** The answer to a request for a file of the panel. */
export interface PanelFile {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer | undefined;
}

/**
 * Reads a file of the panel. Undefined for any other name. A browser that has the same content already is told so
 * (RFC 9110 §13.1.2); one that reads gzip gets that (§12.5.3).
 */
export async function panelFile(name: string, asked: IncomingHttpHeaders): Promise<PanelFile | undefined> {
  const mediaType = mediaTypes.get(name);
  if (mediaType === undefined) return undefined;
  const content = name === 'icon.svg' ? Buffer.from(icon) : await readFile(join(folder, name));
  const etag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  const headers = {
    'content-type': mediaType,
    'cache-control': 'no-cache',
    etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  if (asked['if-none-match'] === etag) return { status: 304, headers, content: undefined };
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(String(asked['accept-encoding']))) {
    return { status: 200, headers, content };
  }
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, content: await promisify(gzip)(content) };
}

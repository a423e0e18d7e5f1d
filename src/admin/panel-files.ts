import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../package.js';

const folder = join(packageFolder, 'dist', 'panel');

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<circle cx="12" cy="16" r="10" fill="#5b6f92"/>
<circle cx="20" cy="16" r="9" fill="none" stroke="#5b6f92" stroke-width="2"/>
</svg>`;

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['panel.js', 'text/javascript; charset=utf-8'],
  ['panel.css', 'text/css; charset=utf-8'],
]);

/** A file of the panel. */
export interface PanelFile {
  readonly mediaType: string;
  readonly content: string | Buffer;
}

/** Reads a file of the panel. Undefined for any other name. */
export async function panelFile(name: string): Promise<PanelFile | undefined> {
  if (name === 'icon.svg') return { mediaType: 'image/svg+xml', content: icon };
  const mediaType = mediaTypes.get(name);
  return mediaType === undefined ? undefined : { mediaType, content: await readFile(join(folder, name)) };
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, which contains views and fixtures. Sources, built files and the bundle all find it. */
export const packageFolder = folderOf(dirname(fileURLToPath(import.meta.url)));

/** The version of this package, from package.json. */
export const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };

/** The nearest folder upwards that has a package.json. */
function folderOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderOf(dirname(folder));
}

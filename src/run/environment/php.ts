import { delimiter, join } from 'node:path';
import { systemBundle } from './certificates.js';
import type { Facts, Outside, Part } from '../facts.js';

/** PHP reads no variable for authorities, but an additional folder of settings. An empty name stands for its own. */
export function phpPart({ folder }: Facts, { env }: Outside): Part {
  const bundle = join(folder, systemBundle);
  return {
    variables: { PHP_INI_SCAN_DIR: `${env.PHP_INI_SCAN_DIR ?? ''}${delimiter}${join(folder, 'php')}` },
    files: new Map([['php/understudy.ini', `curl.cainfo="${bundle}"\nopenssl.cafile="${bundle}"\n`]]),
  };
}

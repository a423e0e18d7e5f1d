// Bundles the command, the library, the entry points for test runners, the preload of `understudy run` and the panel:
// bundle-options.js describes each. All packages that they use are in the bundles, so the published package depends on
// none.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';
import { command, panel, preload, program, runners, runnersForRequire } from './bundle-options.js';
import { copySwaggerUi } from './swagger-ui.js';
import { writeLicenses } from './licenses.js';

const all = [program, command, runners, runnersForRequire, preload, panel];
const made = await Promise.all(all.map((each) => build(each)));
chmodSync('dist/main.js', 0o755);
const swaggerUi = copySwaggerUi();
writeLicenses(
  made.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  [swaggerUi],
);

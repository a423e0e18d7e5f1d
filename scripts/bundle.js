// Bundles the command, the library, the preload of `understudy run` and the panel: bundle-options.js describes each. All packages that
// they use are in the bundles, so the published package depends on none.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';
import { command, panel, preload, program } from './bundle-options.js';
import { copySwaggerUi } from './swagger-ui.js';
import { writeLicenses } from './licenses.js';

const made = await Promise.all([program, command, preload, panel].map((each) => build(each)));
chmodSync('dist/main.js', 0o755);
const swaggerUi = copySwaggerUi();
writeLicenses(
  made.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  [swaggerUi],
);

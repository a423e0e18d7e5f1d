import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const source = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');
const target = 'dist/swagger-ui';

/**
 * Copies the files of Swagger UI that the page of the admin API uses. Returns its entry in the list of licenses.
 *
 * `@fastify/swagger-ui` has the files without their license: it is in `scripts/licenses/swagger-ui.txt`.
 */
export function copySwaggerUi() {
  mkdirSync(target, { recursive: true });
  for (const file of ['favicon-32x32.png', 'swagger-ui.css', 'swagger-ui-bundle.js']) {
    copyFileSync(join(source, file), join(target, file));
  }
  const [, version] = /VERSION:"([\d.]+)"/.exec(readFileSync(join(target, 'swagger-ui-bundle.js'), 'utf8'));
  return {
    name: 'swagger-ui',
    version,
    license: 'Apache-2.0',
    text: readFileSync('scripts/licenses/swagger-ui.txt', 'utf8'),
  };
}

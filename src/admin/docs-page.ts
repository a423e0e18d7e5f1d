import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder with the files of Swagger UI. */
const folder = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static');

const mediaTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'favicon-32x32.png': 'image/png',
    'swagger-ui.css': 'text/css; charset=utf-8',
    'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  }),
);

/** Starts Swagger UI. The URL of the document is relative, because a proxy may add a path prefix. */
const initializer = `window.ui = SwaggerUIBundle({
  url: new URL('../openapi.json', document.currentScript.src.replace(/static\\/[^/]*$/, '')).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;

/**
 * Writes the page that shows the OpenAPI document.
 *
 * @param path the path of the page. Relative URLs depend on whether it ends with a slash
 */
export function docsPage(path: string): string {
  const files = path.endsWith('/') ? './static' : './docs/static';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Understudy admin API</title>
    <link rel="stylesheet" href="${files}/swagger-ui.css">
    <link rel="icon" type="image/png" href="${files}/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${files}/swagger-ui-bundle.js"></script>
    <script src="${files}/initializer.js"></script>
  </body>
</html>
`;
}

/** Reads a file of the page. Undefined for any other name. */
export async function docsFile(name: string): Promise<{ mediaType: string; content: string | Buffer } | undefined> {
  if (name === 'initializer.js') return { mediaType: 'text/javascript; charset=utf-8', content: initializer };
  const mediaType = mediaTypes.get(name);
  return mediaType === undefined ? undefined : { mediaType, content: await readFile(join(folder, name)) };
}

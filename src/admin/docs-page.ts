import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../package.js';
import { routes } from './routes.js';

/** The folder with the files of Swagger UI. */
const folder = join(packageFolder, 'dist', 'swagger-ui');

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

/** The calls as a list, for a browser without JavaScript: there Swagger UI shows nothing. */
const calls = (admin: string): string =>
  routes
    .map(({ method, path, summary, scope, waits, isLater }) => {
      const call = `<code>${method} /__admin${path.replaceAll(/:(\w+)/g, '{$1}')}</code>`;
      // below /w/{world}, the calls about the whole server do not exist
      const isRead =
        method === 'GET' && scope !== 'server' && waits !== true && isLater !== true && !path.includes(':');
      return `<li>${isRead ? `<a href="${admin}${path.slice(1)}">${call}</a>` : call} ${summary}</li>`;
    })
    .join('\n        ');

/**
 * Writes the page that shows the OpenAPI document. Without JavaScript it has the list of the calls.
 *
 * @param path the path of the page. Relative URLs depend on whether it ends with a slash
 */
export function docsPage(path: string): string {
  const [files, admin] = path.endsWith('/') ? ['./static', '../'] : ['./docs/static', './'];
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
    <noscript>
      <h1>Understudy admin API</h1>
      <p>The <a href="${admin}openapi.json">OpenAPI document</a> describes each call: its parameters, its body, its
        answers.</p>
      <ul>
        ${calls(admin)}
      </ul>
    </noscript>
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

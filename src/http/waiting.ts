import { findPending } from './pending.js';
import { waitScriptPath } from './consent.js';
import type { FastifyInstance } from 'fastify';

/** Asks every second whether the page's authorization was answered elsewhere, and if so loads the page again, which redirects. */
const script = `(() => {
  const id = new URLSearchParams(location.search).get('authorization');
  const status = document.currentScript.src.replace('wait.js', 'waiting') + '?authorization=' + encodeURIComponent(id);
  const look = async () => {
    try {
      const answer = await fetch(status);
      if (answer.ok && (await answer.json()).answered) { location.reload(); return; }
    } catch { /* the server is away; ask again */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
`;

/** Lets a browser that waits on a page go on by itself when the page was answered over the admin API. */
export function waitingRoutes(app: FastifyInstance): void {
  app.get(waitScriptPath, (_request, reply) => reply.type('text/javascript; charset=utf-8').header('cache-control', 'max-age=3600').send(script));
  app.get('/__understudy/waiting', (request, reply) => reply.header('cache-control', 'no-store').send({ answered: findPending(request).answer !== undefined }));
}

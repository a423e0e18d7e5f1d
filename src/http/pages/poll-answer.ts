import { json } from '../../providers/standard.js';
import { sendAnswer } from '../answering/answer.js';
import { noStore } from '../answering/redirect-back.js';
import { findPending } from '../reading/pending.js';
import { scriptRoute } from './page-script.js';
import type { FastifyInstance } from 'fastify';

/** Path of the polling script, below the provider. */
export const waitScriptPath = '/__understudy/wait.js';

const statusPath = '/__understudy/waiting';

/**
 * Asks every second whether the authorization of the page was answered elsewhere. If so, it loads the page again, and
 * the server redirects. Submitting a form stops the polling: a second load would give the client the same code twice.
 */
const script = `(() => {
  const id = new URLSearchParams(location.search).get('authorization');
  const status = document.currentScript.src.replace('wait.js', 'waiting') + '?authorization=' + encodeURIComponent(id);
  let waits = true;
  addEventListener('submit', () => { waits = false; });
  const look = async () => {
    try {
      const answer = await fetch(status);
      waits &&= answer.ok;
      if (waits && (await answer.json()).answered) { location.replace(location.href); return; }
    } catch { /* the server does not answer; ask again */ }
    if (waits) setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
`;

/**
 * Serves the script and its status: an open page follows the redirect when its request is answered over the admin API.
 */
export function pollRoutes(app: FastifyInstance): void {
  // an open page polls for up to an hour: its requests would evict the client's requests from the journal
  const config = { journaled: false };
  scriptRoute(app, waitScriptPath, script);
  app.get(statusPath, { config }, (request, reply) =>
    sendAnswer(request, reply, json(200, noStore, { answered: findPending(request).answer !== undefined })),
  );
}

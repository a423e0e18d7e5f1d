import { json } from '../../providers/standard.js';
import { sendAnswer } from '../answering/answer.js';
import { notStored } from '../answering/headers-ahead.js';
import { findPending } from './pending.js';
import { waitScriptPath } from './consent.js';
import type { FastifyInstance } from 'fastify';

/**
 * Asks every second whether the page's authorization was answered elsewhere, and if so loads the page again, which redirects.
 * A form that was submitted ends this: its answer is under way, and fetching it again would hand the client the same code twice.
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
    } catch { /* the server is away; ask again */ }
    if (waits) setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
`;

/** Lets a browser that waits on a page go on by itself when the page was answered over the admin API. */
export function waitingRoutes(app: FastifyInstance): void {
  // no client asks this: a page that waits for an hour would push the client's own requests out of the journal
  const config = { journaled: false };
  app.get(waitScriptPath, { config }, (request, reply) =>
    sendAnswer(request, reply, {
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600' },
      body: script,
    }),
  );
  app.get('/__understudy/waiting', { config }, (request, reply) =>
    sendAnswer(request, reply, json(200, notStored, { answered: findPending(request).answer !== undefined })),
  );
}

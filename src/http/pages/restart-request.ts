import { sendRedirectTo } from '../answering/answer.js';
import { noStore } from '../answering/redirect-back.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RestartCause } from '../../core/authorization.js';
import type { Realm } from '../../core/realm.js';

/** Why a page leads to its authorization request again, for the journal. */
const notes: Readonly<Record<RestartCause | 'logged-in', string>> = {
  gone: 'no authorization waits under its id any more',
  answered: 'its answer was sent before',
  'logged-in': 'the user is logged in',
};

/** The same for the person who sees the next page. */
const words: Readonly<Record<RestartCause, string>> = {
  gone:
    'This page was from before a restart or a reset of Understudy or a change of the provider, or it was more than ' +
    'an hour old. The request was restarted.',
  answered: 'This request was answered before. It was restarted.',
};

/**
 * Sends the browser to the authorization endpoint with the request of a page. The realm remembers the cause by the text
 * of the request: the URLs stay those of the provider, and the browser may have no session.
 */
export function restartRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  requested: string,
  cause: RestartCause | 'logged-in',
): Promise<void> | undefined {
  const { entry, realm, base } = request;
  entry.notes.push(`the page leads to its authorization request again: ${notes[cause]}`);
  // a login is what the person expects
  if (cause !== 'logged-in') realm.restarted.set(requested, cause);
  return sendRedirectTo(request, reply, 303, `${base}${requested}`, noStore);
}

/** Why a page restarted a request. Undefined if none did. It is told once. */
export function takeRestartCause({ restarted }: Realm, requested: string): RestartCause | undefined {
  const cause = restarted.get(requested);
  restarted.delete(requested);
  return cause;
}

/** Tells the person why a request was restarted. */
export const restartWords = (cause: RestartCause | undefined): string | undefined =>
  cause === undefined ? undefined : words[cause];

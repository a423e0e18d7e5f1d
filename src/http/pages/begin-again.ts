import { sendRedirectTo } from '../answering/answer.js';
import { noStore } from '../answering/redirect-back.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Realm } from '../../core/realm.js';

/** Why a page leads to its authorization request again: for the journal, and for the person who sees the next page. */
const causes = {
  gone: {
    note: 'no authorization waits under its id any more',
    words:
      'This page was from before a restart or a reset of Understudy, or it was more than an hour old. ' +
      'The request was started again.',
  },
  answered: {
    note: 'its answer was sent before',
    words: 'This request was answered before. It was started again.',
  },
  'logged-in': { note: 'the user is logged in', words: undefined },
} as const;

/**
 * Sends the browser to the authorization endpoint with the request of a page. The realm remembers the words for the
 * person by the text of the request: the URLs stay those of the provider, and the browser may have no session.
 */
export function beginAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  requested: string,
  cause: keyof typeof causes,
): Promise<void> | undefined {
  const { entry, realm, base } = request;
  const { note, words } = causes[cause];
  entry.notes.push(`the page leads to its authorization request again: ${note}`);
  if (words !== undefined) realm.begunAgain.set(requested, words);
  return sendRedirectTo(request, reply, 303, `${base}${requested}`, noStore);
}

/** The words for the person if a request was begun again by a page. They are told once. */
export function takeWhyAgain({ begunAgain }: Realm, requested: string): string | undefined {
  const words = begunAgain.get(requested);
  begunAgain.delete(requested);
  return words;
}

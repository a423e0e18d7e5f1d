import { inWordsOfLibrary } from './http.js';
import type { Refusal } from './refusal.js';

/**
 * An authorization did not come back to the client: a page refused the request or the login, the application did not
 * send the browser to the provider, or a redirect led elsewhere. The journal knows why a provider refused.
 */
export class AuthorizeError extends Error {
  /** Status of the last page. Undefined: there was no answer. */
  readonly status: number | undefined;
  readonly page: string;
  /** Why the provider refused, such as `client.unknown`. Undefined: it did not, or it is unknown. */
  readonly reason: string | undefined;
  /** What the provider expected. Undefined: the reason compares nothing. */
  readonly expected: string | undefined;
  readonly received: string | undefined;

  constructor(status: number | undefined, page: string, what?: string, refusal?: Refusal) {
    const { reason, explanation = '', expected, received } = refusal ?? {};
    // the page of a refusal says no more than the journal
    const shown = reason === undefined ? readable(page) : `${reason}: ${explanation}`;
    const answer = status === undefined ? [] : [`the page answered ${status}: ${shown}`];
    super(
      [
        [...(what === undefined ? [] : [what]), ...answer].join('; '),
        ...(expected === undefined ? [] : [`expected ${expected}`, `received ${String(received)}`]),
      ].join('\n  '),
    );
    this.name = 'AuthorizeError';
    this.status = status;
    this.page = page;
    this.reason = reason;
    this.expected = expected;
    this.received = received;
  }
}

/** The text of a page without markup, or what a problem document (RFC 9457) says, for an error message. */
function readable(page: string): string {
  const [, detail] = /^\{"type":.*?"detail":("(?:[^"\\]|\\.)*")/.exec(page) ?? [];
  if (detail !== undefined) return inWordsOfLibrary(JSON.parse(detail) as string);
  return page
    .replaceAll(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
}

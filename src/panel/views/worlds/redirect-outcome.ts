/** What the redirect of an answered page tells. */
export interface RedirectOutcome {
  readonly isAllowed: boolean;
  /** A sentence without the values of the redirect. */
  readonly words: string;
}

/** Reads what became of a page from its redirect: a code, or an error (RFC 6749 §4.1.2). */
export function redirectOutcome(redirectTo: string): RedirectOutcome {
  const query = parametersOf(redirectTo);
  const error = query.get('error');
  if (error !== null) return { isAllowed: false, words: `Denied. The client gets the error ${error}.` };
  if (query.has('code')) return { isAllowed: true, words: 'Allowed. The client gets a code.' };
  return { isAllowed: true, words: 'Answered.' };
}

/** The parameters of the query and of the fragment, whatever the scheme of the URL is. */
function parametersOf(url: string): URLSearchParams {
  const [beforeFragment = '', fragment = ''] = url.split('#', 2);
  const [, query = ''] = beforeFragment.split('?', 2);
  return new URLSearchParams(`${query}&${fragment}`);
}

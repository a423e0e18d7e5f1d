import { startOfVisit } from './authorize-options.js';
import { addressOfRun } from './environment.js';
import type { AuthorizeResult } from './authorize-at.js';
import type { AuthorizeOptions } from './page-form.js';

export type { AuthorizeResult } from './authorize-at.js';
export type { AuthorizeOptions } from './page-form.js';

/**
 * Plays the person, as a browser with cookies, from a URL of an application that redirects to a provider: login,
 * consent, and the callback of the application. From an authorization URL: until the redirect back to the client, which
 * is not requested. Nothing is sent to a real provider.
 *
 * @param url the URL of the application that begins the flow, or an authorization URL
 * @throws AuthorizeError if a page answers with an error, or a redirect leads to another host; the reason of the
 *   option `signal` if that aborts
 */
export async function authorize(url: string | URL, options: AuthorizeOptions = {}): Promise<AuthorizeResult> {
  const start = startOfVisit(url, options);
  const server = addressOfRun();
  // loaded here, so that a program without flows does not load the browser
  const { authorizeAt } = await import('./authorize-at.js');
  return await authorizeAt(start, options, server && { id: undefined, baseUrl: server.url, token: server.token });
}

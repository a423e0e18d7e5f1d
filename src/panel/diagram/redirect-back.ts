import { withoutControls } from './without-controls.js';
import type { EntryView } from '../../client/index.js';

/** A redirect that leads the browser back to the client. */
export interface RedirectBack {
  readonly label: string;
  /** The error that it carries (RFC 6749 §4.1.2.1). */
  readonly error: string | undefined;
}

/** Reads the redirect of an answer. Redirects within a provider are relative; a redirect_uri is absolute. */
export function redirectBack({ response, fault }: EntryView): RedirectBack | undefined {
  const location = response?.headers.location;
  if (response === undefined || response.status < 300 || response.status >= 400) return undefined;
  if (typeof location !== 'string' || !/^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
  if (fault?.kind === 'redirect') return { label: 'Redirected elsewhere by a fault', error: undefined };
  // in the fragment if the response_mode says so
  const parameters = new URLSearchParams(/[?#](.*)$/s.exec(location)?.[1] ?? '');
  const error = parameters.get('error') ?? undefined;
  const brought = error !== undefined ? `error ${error}` : parameters.has('code') ? 'a code' : 'neither code nor error';
  const changed = fault === undefined ? '' : `, changed by fault ${fault.id}`;
  return { label: withoutControls(`Callback with ${brought}${changed}`), error };
}

import type { ExaminedProvider } from './examined-provider.js';
import type { SeenRequest } from './seen-request.js';

/** What the registration of the client has to do with a refusal of the authorization endpoint, or nothing. */
export function hintAtRegistration(refused: SeenRequest, clientId: string | undefined): string {
  const sent = refused.query('client_id');
  const redirectUri = refused.query('redirect_uri');
  if (refused.endpoint !== 'authorize' || sent === undefined) return '';
  if (clientId !== undefined && sent !== clientId) {
    return `; the client sent client_id ${JSON.stringify(sent)}, but it is registered as ${JSON.stringify(clientId)}`;
  }
  const isOther = redirectUri !== undefined && refused.entry.reason === 'authorize.redirect-uri-unregistered';
  return isOther ? `; register ${redirectUri} by --redirect-uri, or by client.redirectUri of exam()` : '';
}

/** Why a callback without a state was refused by the client, or nothing. */
export function hintAtState({ info }: ExaminedProvider, callback: URL, requests: readonly SeenRequest[]): string {
  const isSent = requests.some((request) => request.endpoint === 'authorize' && request.query('state') !== undefined);
  if (!isSent || info.policy.echoState || callback.searchParams.has('state')) return '';
  return `; the callback had no state: ${info.title} does not return it (see docs/providers/${info.name}.md)`;
}

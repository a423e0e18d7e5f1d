import { ApiError } from '../../api/api-error.js';
import { panelUrl } from '../../api/address.js';
import { call } from '../../api/call.js';
import { playgroundClientId } from '../../playground-client.js';
import { randomText } from './random.js';
import type { ClientInfo } from '../../../client/index.js';

/** The redirect URI of the playground. */
export const callbackUrl = `${panelUrl}callback`;

/** Registers the client of the playground, or adds the redirect URI of this page to it. Others are not touched. */
export async function registerClient(provider: string): Promise<ClientInfo> {
  const path = `/providers/${provider}/clients/${playgroundClientId}`;
  const known = await call<ClientInfo>('GET', path).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  });
  if (known?.redirectUris.includes(callbackUrl) === true) return known;
  if (known !== undefined) {
    return call('PATCH', path, { redirectUris: [...known.redirectUris, callbackUrl] });
  }
  return call('PUT', path, {
    secret: randomText(),
    name: 'Understudy Playground',
    redirectUris: [callbackUrl],
  });
}

import type { ClientSetup } from '../../../client-setup.js';

const value = (text: string): string => (/^[\w.:/@-]*$/.test(text) ? text : JSON.stringify(text));

/** The settings of a client as a file of environment variables. */
export function envSnippet(setup: ClientSetup): string {
  const prefix = setup.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  const { authorizeUrl, tokenUrl, apiUrl, clientId, clientSecret, redirectUri, scope } = setup;
  return Object.entries({
    AUTHORIZE_URL: authorizeUrl,
    TOKEN_URL: tokenUrl,
    API_URL: apiUrl,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    REDIRECT_URI: redirectUri,
    ...(scope === undefined ? {} : { SCOPE: scope }),
  })
    .map(([name, text]) => `${prefix}_${name}=${value(text)}\n`)
    .join('');
}

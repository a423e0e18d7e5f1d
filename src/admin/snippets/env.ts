import { shellWord } from './shell-word.js';
import type { ClientSetup } from './client-setup.js';

/** A line that a shell and other readers of such files understand alike, if there is one. */
function line(name: string, text: string): string {
  if (/^[\w.:/@-]*$/.test(text)) return `${name}=${text}\n`;
  if (!text.includes("'")) return `${name}='${text}'\n`;
  if (!/["$`\\]/.test(text)) return `${name}="${text}"\n`;
  return `# for a shell alone: other readers have no quotes for this value\n${name}=${shellWord(text)}\n`;
}

/** The settings of a client as a file of environment variables. */
export function envSnippet(setup: ClientSetup): string {
  const prefix = setup.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  const { authorizeUrl, tokenUrl, refreshUrl, apiUrl, clientId, clientSecret, redirectUri, scope } = setup;
  return Object.entries({
    AUTHORIZE_URL: authorizeUrl,
    TOKEN_URL: tokenUrl,
    ...(refreshUrl === tokenUrl ? {} : { REFRESH_URL: refreshUrl }),
    API_URL: apiUrl,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    REDIRECT_URI: redirectUri,
    ...(scope === undefined ? {} : { SCOPE: scope }),
  })
    .map(([name, text]) => line(`${prefix}_${name}`, text))
    .join('');
}

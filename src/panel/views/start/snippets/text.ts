import type { ClientSetup } from '../../../client-setup.js';

/** A text in single quotes, as JavaScript, Python, PHP and Ruby read it. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A text in single quotes for a shell. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Where the client listens for the redirect. */
export interface Place {
  readonly port: string;
  readonly path: string;
}

/** Port and path of a redirect URI. */
export function placeOf(redirectUri: string): Place {
  const { port, pathname } = URL.canParse(redirectUri) ? new URL(redirectUri) : { port: '', pathname: '' };
  return { port: port === '' ? '80' : port, path: pathname === '' ? '/' : pathname };
}

/** The parameters of the authorization request beside the redirect URI and the state. */
export const requestParameters = ({ clientId, scope }: ClientSetup): readonly (readonly [string, string])[] => [
  ['response_type', 'code'],
  ['client_id', clientId],
  ...(scope === undefined ? [] : ([['scope', scope]] as const)),
];

/** The parameters that authenticate the client in a token request: none if it sends them in a header. */
export const credentialParameters = ({
  clientId,
  clientSecret,
  credentials,
}: ClientSetup): readonly (readonly [string, string])[] =>
  credentials === 'basic'
    ? []
    : [
        ['client_id', clientId],
        ['client_secret', clientSecret],
      ];

/** Why the state is in the redirect URI, as a comment of one line. */
export const stateComment = ({ title, statePlace }: ClientSetup): string =>
  statePlace === 'redirect-uri'
    ? `${title} returns no state, and ignores the query of a redirect URI: the state is there.`
    : 'The state shows that the answer belongs to this login.';

/** The separator before the state in the query of a redirect URI. */
export const separatorIn = (redirectUri: string): string => (redirectUri.includes('?') ? '&' : '?');

/** Whether the client can check the state. */
export const isChecked = ({ statePlace }: ClientSetup): boolean => statePlace !== 'nowhere';

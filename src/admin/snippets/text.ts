import { withState } from './client-setup.js';
import type { ClientSetup } from './client-setup.js';

/** A text in single quotes, as JavaScript, Python, PHP and Ruby read it. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Where the client listens for the redirect. */
interface Place {
  readonly port: string;
  readonly path: string;
}

/** Port and path of a redirect URI. */
function placeOf(redirectUri: string): Place {
  const { port, pathname } = URL.canParse(redirectUri) ? new URL(redirectUri) : { port: '', pathname: '' };
  return { port: port === '' ? '80' : port, path: pathname === '' ? '/' : pathname };
}

/** The parameters of the authorization request beside the redirect URI and the state. */
export const loginParameters = ({ clientId, scope }: ClientSetup): readonly (readonly [string, string])[] => [
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

/** What a reader of a client has to know, as lines of comments that begin with `mark`. */
export function comments({ title, statePlace, redirectUri }: ClientSetup, mark: string): string {
  const lines = [
    statePlace === 'redirect-uri'
      ? `${title} returns no state, and ignores the query of a redirect URI: the state is there.`
      : 'The state shows that the answer belongs to this login.',
    ...(redirectUri.startsWith('http:')
      ? []
      : ['This client listens on plain HTTP: something has to lead the redirect URI to it.']),
  ];
  return lines.map((line) => `${mark} ${line}`).join('\n');
}

/**
 * The redirect URI as an expression. `addState` is how the language appends the state to a text: ` + state`.
 */
export const redirectUriCode = (
  { redirectUri, statePlace }: ClientSetup,
  addState: string,
  quote: (text: string) => string = quoted,
): string => (statePlace === 'redirect-uri' ? quote(withState(redirectUri, '')) + addState : quote(redirectUri));

/** What a client shows when the state is not the one that it sent. */
export const wrongStateText = 'Not the state of this login';
/** What a client shows in the browser at the end of a login. */
export const doneText = 'Done. You can close this page.';

/** Whether the client can check the state. */
export const isChecked = ({ statePlace }: ClientSetup): boolean => statePlace !== 'nowhere';

/** What a writer of a client puts into its text. */
export const partsOf = (setup: ClientSetup) => ({
  ...setup,
  ...placeOf(setup.redirectUri),
  isBasic: setup.credentials === 'basic',
  isChecked: isChecked(setup),
  login: loginParameters(setup),
  credentials: credentialParameters(setup),
});

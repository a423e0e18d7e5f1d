import { comments, credentialParameters, isChecked, loginParameters, redirectUriCode, wrongStateText } from './text.js';
import { shellWord } from './shell-word.js';
import { withState } from './client-setup.js';
import type { ClientSetup } from './client-setup.js';

/** A client as a shell script around curl. The person pastes the URL to which the browser was sent. */
export function curlSnippet(setup: ClientSetup): string {
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, redirectUri, credentials, statePlace } = setup;
  const { clientId, clientSecret } = setup;
  const login = new URLSearchParams(Object.fromEntries([...loginParameters(setup), ['redirect_uri', redirectUri]]));
  const end =
    statePlace === 'redirect-uri'
      ? `${encodeURIComponent(withState(redirectUri, '').slice(redirectUri.length))}$state`
      : statePlace === 'parameter'
        ? '&state=$state'
        : '';
  const secrets =
    credentials === 'basic'
      ? `-u ${shellWord(`${clientId}:${clientSecret}`)} `
      : credentialParameters(setup)
          .map(([name, text]) => `--data-urlencode ${shellWord(`${name}=${text}`)} `)
          .join('');
  const check = isChecked(setup)
    ? `case $back in *state=$state*) ;; *) echo '${wrongStateText}'; exit 1 ;; esac\n`
    : '';
  return `# sh client.sh
${comments(setup, '#')}
state=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')
redirect_uri=${redirectUriCode(setup, '"$state"', shellWord)}
echo 'Open' ${shellWord(`${authorizeUrl}?${login.toString()}`)}"${end}"

echo 'Log in, allow, and paste the URL that the browser then shows:'
read -r back
${check}code=$(printf '%s' "$back" | sed 's/.*[?&]code=\\([^&#]*\\).*/\\1/')

request_tokens() { curl -sS ${secrets}"$@"; }
member() { printf '%s' "$tokens" | sed "s/.*\\"$1\\": *\\"\\([^\\"]*\\)\\".*/\\1/"; }

tokens=$(request_tokens ${shellWord(tokenUrl)} -d grant_type=authorization_code \\
  -d "code=$code" --data-urlencode "redirect_uri=$redirect_uri")
echo "$tokens"
curl -sS -w '\\nAPI %{http_code}\\n' ${shellWord(callUrl)} -H "Authorization: Bearer $(member access_token)"

# later, when the access token has expired
tokens=$(request_tokens ${shellWord(refreshUrl)} -d grant_type=refresh_token \\
  --data-urlencode "refresh_token=$(member refresh_token)")
echo "Refreshed: $tokens"
`;
}

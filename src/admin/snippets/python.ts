import { comments, doneText, partsOf, quoted, redirectUriCode, wrongStateText } from './text.js';
import type { ClientSetup } from './client-setup.js';

/** A client in one file for Python, with its standard library alone. */
export function pythonSnippet(setup: ClientSetup): string {
  const parts = partsOf(setup);
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, clientId, clientSecret, statePlace, port, path, isBasic } =
    parts;
  const loginLines = parts.login.map(([name, text]) => `    ${quoted(name)}: ${quoted(text)},\n`);
  const secrets = parts.credentials.map(([name, text]) => `, ${name}=${quoted(text)}`);
  const check = parts.isChecked
    ? `        if query.get('state') != state:
            return self.send_error(400, '${wrongStateText}')
`
    : '';
  return `# Python 3.8 or newer: python3 client.py
${isBasic ? 'import base64\n' : ''}import json
import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

${comments(setup, '#')}
state = secrets.token_urlsafe(16)
redirect_uri = ${redirectUriCode(setup, ' + state')}
login = urlencode({
${loginLines.join('')}    'redirect_uri': redirect_uri,
${statePlace === 'parameter' ? "    'state': state,\n" : ''}})
print(${quoted(`Open ${authorizeUrl}?`)} + login, flush=True)


def request_tokens(url, **parameters):
    body = urlencode(dict(parameters${secrets.join('')})).encode()
${
  isBasic
    ? `    credentials = base64.b64encode(${quoted(`${clientId}:${clientSecret}`)}.encode()).decode()
    headers = {'Authorization': 'Basic ' + credentials}
    with urlopen(Request(url, body, headers)) as answer:
`
    : `    with urlopen(Request(url, body)) as answer:
`
}        return json.load(answer)


class Callback(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        if url.path != ${quoted(path)}:
            return self.send_error(404)
${check}        self.server.answer = query
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'${doneText}')

    def log_message(self, *line):
        pass


server = HTTPServer(('127.0.0.1', ${port}), Callback)
server.answer = None
while server.answer is None:
    server.handle_request()

tokens = request_tokens(
    ${quoted(tokenUrl)},
    grant_type='authorization_code',
    code=server.answer['code'],
    redirect_uri=redirect_uri,
)
call = Request(${quoted(callUrl)}, headers={'Authorization': 'Bearer ' + tokens['access_token']})
with urlopen(call) as answer:
    print('API', answer.status, answer.read().decode())

# later, when the access token has expired
tokens = request_tokens(
    ${quoted(refreshUrl)}, grant_type='refresh_token', refresh_token=tokens['refresh_token']
)
print('Refreshed: valid for', tokens['expires_in'], 'seconds')
`;
}

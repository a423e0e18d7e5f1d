import { comments, doneText, partsOf, quoted, redirectUriCode, wrongStateText } from './text.js';
import type { ClientSetup } from './client-setup.js';

/** A client in one file for Node. */
export function nodeSnippet(setup: ClientSetup): string {
  const parts = partsOf(setup);
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, clientId, clientSecret, statePlace, port, path, isBasic } =
    parts;
  const loginLines = parts.login.map(([name, text]) => `  ${name}: ${quoted(text)},\n`);
  const secrets = parts.credentials.map(([name, text]) => `, ${name}: ${quoted(text)}`);
  const basic = isBasic
    ? `    headers: { authorization: \`Basic \${btoa(${quoted(`${clientId}:${clientSecret}`)})}\` },\n`
    : '';
  const check = parts.isChecked
    ? `  if (searchParams.get('state') !== state) return response.writeHead(400).end('${wrongStateText}');\n`
    : '';
  return `// Node 18 or newer: node client.mjs
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

${comments(setup, '//')}
const state = randomUUID();
const redirect_uri = ${redirectUriCode(setup, ' + state')};
const login = new URLSearchParams({
${loginLines.join('')}  redirect_uri,
${statePlace === 'parameter' ? '  state,\n' : ''}});
console.log(${quoted(`Open ${authorizeUrl}?`)} + login);

async function requestTokens(url, parameters) {
  const answer = await fetch(url, {
    method: 'POST',
${basic}    body: new URLSearchParams({ ...parameters${secrets.join('')} }),
  });
  if (!answer.ok) throw new Error(\`\${answer.status} \${await answer.text()}\`);
  return answer.json();
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname !== ${quoted(path)}) return response.writeHead(404).end();
${check}  response.writeHead(200, { connection: 'close' }).end('${doneText}');
  server.close();

  const code = searchParams.get('code');
  if (code === null) throw new Error(\`No code: \${searchParams}\`);
  let tokens = await requestTokens(${quoted(tokenUrl)}, {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
  });

  const answer = await fetch(${quoted(callUrl)}, {
    headers: { authorization: \`Bearer \${tokens.access_token}\` },
  });
  console.log('API', answer.status, await answer.text());

  // later, when the access token has expired
  tokens = await requestTokens(${quoted(refreshUrl)}, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
  });
  console.log('Refreshed: valid for', tokens.expires_in, 'seconds');
}).listen(${port});
`;
}

// A client as a set of commands: connect, call, disconnect. It keeps its tokens in a file. Variables: those of
// `understudy run`, PORT, TOKENS (the file), and SMALL, a list of what it does in odd ways.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const { PORT, SMALL = '', TOKENS, UNDERSTUDY_TINYEMAIL_CLIENT_ID, UNDERSTUDY_TINYEMAIL_CLIENT_SECRET } = process.env;
const { UNDERSTUDY_TINYEMAIL_AUTHORIZE_URL, UNDERSTUDY_TINYEMAIL_TOKEN_URL, UNDERSTUDY_TINYEMAIL_API_URL } =
  process.env;
const odd = new Set(SMALL.split(' '));
const redirectUri = `http://127.0.0.1:${PORT}/callback`;

/** The redirect back: pasted, or served. */
async function redirectBack() {
  if (odd.has('paste')) {
    const [line] = await once(createInterface({ input: process.stdin }), 'line');
    return new URL(line);
  }
  const server = createServer((request, response) => {
    response.end('you can close this window');
    server.emit('callback', new URL(request.url, redirectUri));
  });
  server.listen(Number(PORT), '127.0.0.1');
  await once(server, 'listening');
  const [url] = await once(server, 'callback');
  server.close();
  server.closeIdleConnections();
  return url;
}

const commands = {
  async connect() {
    if (odd.has('prints-no-url')) return;
    const state = randomBytes(16).toString('hex');
    const query = {
      response_type: 'code',
      client_id: UNDERSTUDY_TINYEMAIL_CLIENT_ID,
      scope: 'import_customers',
      state,
    };
    const coming = redirectBack();
    const asked = odd.has('wrong-redirect-uri') ? 'http://127.0.0.1:1/other' : redirectUri;
    process.stdout.write(
      `Open ${UNDERSTUDY_TINYEMAIL_AUTHORIZE_URL}?${new URLSearchParams({ ...query, redirect_uri: asked })}`,
    );
    if (!odd.has('paste')) process.stdout.write(' and come back.\n');
    const back = await coming;
    if (back.searchParams.get('state') !== state) process.exit(3);
    const answer = await fetch(UNDERSTUDY_TINYEMAIL_TOKEN_URL, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        client_id: UNDERSTUDY_TINYEMAIL_CLIENT_ID,
        client_secret: UNDERSTUDY_TINYEMAIL_CLIENT_SECRET,
      }),
    });
    if (!answer.ok) process.exit(4);
    writeFileSync(TOKENS, await answer.text());
    process.exit(0);
  },
  async call() {
    if (!existsSync(TOKENS)) process.exit(5);
    const { access_token: token } = JSON.parse(readFileSync(TOKENS, 'utf8'));
    const answer = await fetch(`${UNDERSTUDY_TINYEMAIL_API_URL}/contacts`, {
      headers: { authorization: `Bearer ${token}` },
    });
    console.log(await answer.text());
    if (!answer.ok) process.exit(6);
    if (odd.has('slow-call')) setTimeout(() => undefined, 60_000);
  },
  disconnect() {
    rmSync(TOKENS, { force: true });
  },
};

await commands[process.argv[2]]();

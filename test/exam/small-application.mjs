// A small web application that connects at a provider, for the tests of `understudy exam`. It is configured by
// variables: PORT, those of `understudy run`, and SMALL, a list of what it does in odd ways.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT, SMALL = '', UNDERSTUDY_URL, ...variables } = process.env;
const { UNDERSTUDY_TINYEMAIL_CLIENT_ID: clientId = 'understudy-client' } = variables;
const { UNDERSTUDY_TINYEMAIL_CLIENT_SECRET: clientSecret = 'understudy-secret' } = variables;
const odd = new Set(SMALL.split(' '));
const base = odd.has('real-hosts') ? 'https://api.tinyemail.com' : `${UNDERSTUDY_URL}/tinyemail`;
const authorizeUrl = odd.has('real-mailup')
  ? 'https://services.mailup.com/Authorization/OAuth/LogOn'
  : odd.has('mailup')
    ? `${UNDERSTUDY_URL}/mailup/Authorization/OAuth/LogOn`
    : `${base}/api/authorization-server/oauth/authorize`;
const origin = `http://127.0.0.1:${PORT}`;
const redirectUri = `${origin}/callback`;

/** What is kept of each browser, by the value of its cookie. */
const sessions = new Map();

let calls = 0;

const pages = {
  '/': () => ({ text: 'small' }),
  async '/login'({ request, session }) {
    if (request.method === 'GET') {
      session.token = randomBytes(8).toString('hex');
      return {
        text:
          '<form action="/search"><input name="q"></form>' +
          `<FORM method=post action='/login'><input type=hidden name='csrf' value=${session.token}>` +
          '<input name=user><input type=password name=word></FORM>',
      };
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const fields = new URLSearchParams(body);
    if (odd.has('login-again') && fields.get('word') !== 'open') return { status: 302, location: '/login' };
    if (fields.get('csrf') !== session.token || fields.get('word') !== 'open') return { status: 403, text: 'refused' };
    session.user = fields.get('user');
    console.log(`login of ${session.user}`);
    return { status: 302, location: '/' };
  },
  '/connect'({ session }) {
    if (odd.has('login') && session.user === undefined) return { status: 403, text: 'log in first' };
    if (odd.has('login-again') && session.user === undefined) return { status: 302, location: '/login' };
    if (odd.has('script')) return { status: 302, location: 'javascript:alert(1)' };
    if (odd.has('500')) return { status: 500, text: 'out of order' };
    if (odd.has('loop')) return { status: 302, location: '/connect' };
    session.state = randomBytes(16).toString('hex');
    const query = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: session.state,
      scope: 'import_customers',
    };
    return { status: 302, location: `${authorizeUrl}?${new URLSearchParams(query)}` };
  },
  async '/callback'({ url, session }) {
    const code = url.searchParams.get('code');
    if (odd.has('no-exchange')) return { text: 'thank you' };
    if (code === null || url.searchParams.get('state') !== session.state) return { status: 400, text: 'refused' };
    const client = { client_id: clientId, client_secret: clientSecret };
    const answer = await fetch(`${base}/api/authorization-server/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...client }),
    });
    if (!answer.ok) return { status: 502, text: 'no token' };
    session.tokens = await answer.json();
    if (odd.has('talks')) console.log(`token ${session.tokens.access_token}`);
    // the front end of an application can be another program, which does not run in a test
    return odd.has('front-end') ? { status: 303, location: 'http://127.0.0.1:9/home' } : { text: 'connected' };
  },
  async '/call'({ session }) {
    if (odd.has('no-token')) return { text: 'hello' };
    calls += 1;
    if (odd.has('dies') && calls === 3) process.exit(4);
    if (odd.has('slow')) await new Promise((resolve) => setTimeout(resolve, 5000));
    if (session.tokens === undefined) return { status: 401, text: 'connect first' };
    const headers = { authorization: `Bearer ${session.tokens.access_token}` };
    const answer = await fetch(`${base}/v1/contacts`, { headers });
    return { status: answer.ok ? (odd.has('304') ? 304 : 200) : 502, text: await answer.text() };
  },
  '/disconnect'({ request, session }) {
    if (request.method !== 'POST') return { status: 405, text: 'POST is expected' };
    session.tokens = undefined;
    return { text: 'disconnected' };
  },
};

if (odd.has('stays')) process.on('SIGTERM', () => console.log('it stays'));

createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  console.log(`${request.method} ${url.pathname}`);
  const [, id = randomBytes(16).toString('hex')] = /session=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
  if (!sessions.has(id)) sessions.set(id, {});
  const page = pages[url.pathname] ?? (() => ({ status: 404, text: 'nothing is here' }));
  const { status = 200, text = '', location } = await page({ request, url, session: sessions.get(id) });
  response.writeHead(status, {
    'content-type': 'text/html',
    'set-cookie': `session=${id}`,
    ...(location === undefined ? {} : { location }),
  });
  response.end(status === 304 ? undefined : text);
}).listen(Number(PORT), '127.0.0.1', () => console.log('small application is listening'));

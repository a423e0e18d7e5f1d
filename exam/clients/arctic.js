// arctic, as its pages "OAuth 2.0 with PKCE" and "Generic OAuth 2.0 client" show.
import * as arctic from 'arctic';
import cookie from 'cookie';
import express from 'express';
import session from 'express-session';
import * as settings from './settings.js';

const client = new arctic.OAuth2Client(settings.clientId, settings.clientSecret, settings.redirectUri);

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

const tenMinutes = { httpOnly: true, path: '/', maxAge: 10 * 60 * 1000 };

app.get('/connect', (request, response) => {
  const state = arctic.generateState();
  const verifier = arctic.generateCodeVerifier();
  const { S256 } = arctic.CodeChallengeMethod;
  const url = client.createAuthorizationURLWithPKCE(settings.authorizeUrl, state, S256, verifier, []);
  response.cookie('state', state, tenMinutes).cookie('code_verifier', verifier, tenMinutes).redirect(url.href);
});

app.get('/callback', async (request, response) => {
  const { code, state } = request.query;
  const stored = cookie.parse(request.headers.cookie ?? '');
  if (code === undefined || stored.state === undefined || state !== stored.state) {
    return response.status(400).send('invalid request');
  }
  const tokens = await client.validateAuthorizationCode(settings.tokenUrl, code, stored.code_verifier);
  request.session.tokens = tokens.data;
  response.send('connected');
});

const call = ({ access_token }) => fetch(settings.resource, { headers: { authorization: `Bearer ${access_token}` } });

app.get('/call', async (request, response) => {
  const { tokens } = request.session;
  if (tokens === undefined) return response.status(401).send('not connected');
  let answer = await call(tokens);
  if (answer.status === 401) {
    const { data } = await client.refreshAccessToken(settings.tokenUrl, tokens.refresh_token, []);
    request.session.tokens = { ...tokens, ...data };
    answer = await call(request.session.tokens);
  }
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', async (request, response) => {
  const { tokens } = request.session;
  delete request.session.tokens;
  if (tokens !== undefined && settings.revokeUrl !== undefined) {
    await client.revokeToken(settings.revokeUrl, tokens.refresh_token);
  }
  response.send('disconnected');
});

app.listen(settings.port);

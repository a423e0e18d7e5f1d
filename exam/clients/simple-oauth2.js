// simple-oauth2, as its README shows. State is an example value there: the library neither makes nor compares one.
import { randomUUID } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import { AuthorizationCode } from 'simple-oauth2';
import * as settings from './settings.js';

const { redirectUri } = settings;
const client = new AuthorizationCode({
  client: { id: settings.clientId, secret: settings.clientSecret },
  auth: {
    authorizeHost: new URL(settings.authorizeUrl).origin,
    authorizePath: new URL(settings.authorizeUrl).pathname,
    tokenHost: new URL(settings.tokenUrl).origin,
    tokenPath: new URL(settings.tokenUrl).pathname,
    ...(settings.revokeUrl === undefined ? {} : { revokePath: new URL(settings.revokeUrl).pathname }),
  },
});

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.get('/connect', (request, response) => {
  request.session.state = randomUUID();
  response.redirect(client.authorizeURL({ redirect_uri: redirectUri, state: request.session.state }));
});

app.get('/callback', async (request, response) => {
  const { code, state } = request.query;
  if (state !== request.session.state) return response.status(403).send('state differs');
  request.session.token = await client.getToken({ code, redirect_uri: redirectUri });
  response.send('connected');
});

app.get('/call', async (request, response) => {
  if (request.session.token === undefined) return response.status(401).send('not connected');
  let token = client.createToken(request.session.token);
  if (token.expired()) {
    token = await token.refresh();
    request.session.token = token;
  }
  const answer = await fetch(settings.resource, { headers: { authorization: `Bearer ${token.token.access_token}` } });
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', async (request, response) => {
  const { token } = request.session;
  delete request.session.token;
  if (token !== undefined && settings.revokeUrl !== undefined) await client.createToken(token).revokeAll();
  response.send('disconnected');
});

app.listen(settings.port);

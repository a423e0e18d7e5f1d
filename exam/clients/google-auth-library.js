// google-auth-library, as its README shows, with state as Google's guide for web server applications shows for Node.js.
import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import { OAuth2Client } from 'google-auth-library';
import * as settings from './settings.js';

/** Clients by session: a client keeps the tokens of one person, and refreshes them. */
const clients = new Map();

const newClient = () =>
  new OAuth2Client({
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    redirectUri: settings.redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: settings.authorizeUrl,
      oauth2TokenUrl: settings.tokenUrl,
      oauth2RevokeUrl: settings.revokeUrl,
    },
  });

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.get('/connect', (request, response) => {
  request.session.state = randomBytes(32).toString('hex');
  response.redirect(newClient().generateAuthUrl({ access_type: 'offline', state: request.session.state }));
});

app.get('/callback', async (request, response) => {
  const { code, error, state } = request.query;
  if (error !== undefined) return response.status(403).send('access was not granted');
  if (state !== request.session.state) return response.status(403).send('State mismatch');
  const client = newClient();
  const { tokens } = await client.getToken(code);
  client.setCredentials(tokens);
  clients.set(request.sessionID, client);
  response.send('connected');
});

app.get('/call', async (request, response) => {
  const client = clients.get(request.sessionID);
  if (client === undefined) return response.status(401).send('not connected');
  const { data } = await client.fetch(settings.resource);
  response.send(data);
});

app.get('/disconnect', async (request, response) => {
  const client = clients.get(request.sessionID);
  clients.delete(request.sessionID);
  if (client !== undefined && settings.revokeUrl !== undefined) await client.revokeCredentials();
  response.send('disconnected');
});

app.listen(settings.port);

// grant, as its README shows under "Configuration: Basics". Its redirect URI is /connect/{provider}/callback.
import express from 'express';
import session from 'express-session';
import grant from 'grant';
import * as settings from './settings.js';

const app = express();
app.use(session({ secret: 'grant', resave: false, saveUninitialized: false }));

// /connect/{provider} is the page of grant that begins the flow
app.get('/connect', (request, response) => response.redirect(`/connect/${settings.provider}`));

app.use(
  grant.express({
    defaults: { origin: settings.origin, transport: 'session', state: true },
    [settings.provider]: {
      key: settings.clientId,
      secret: settings.clientSecret,
      oauth: 2,
      authorize_url: settings.authorizeUrl,
      access_url: settings.tokenUrl,
      callback: '/connected',
    },
  }),
);

app.get('/connected', (request, response) => {
  const { access_token, refresh_token } = request.session.grant.response;
  if (access_token === undefined) return response.status(403).send('not connected');
  request.session.tokens = { access_token, refresh_token };
  response.send('connected');
});

app.get('/call', async (request, response) => {
  const { tokens } = request.session;
  if (tokens === undefined) return response.status(401).send('not connected');
  const answer = await fetch(settings.resource, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', (request, response) => {
  request.session.destroy(() => response.send('disconnected'));
});

app.listen(settings.port);

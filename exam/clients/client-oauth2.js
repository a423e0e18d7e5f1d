// client-oauth2, as its README shows. The example there sends no state, although the library has an option for it.
import ClientOAuth2 from 'client-oauth2';
import express from 'express';
import session from 'express-session';
import * as settings from './settings.js';

const auth = new ClientOAuth2({
  clientId: settings.clientId,
  clientSecret: settings.clientSecret,
  accessTokenUri: settings.tokenUrl,
  authorizationUri: settings.authorizeUrl,
  redirectUri: settings.redirectUri,
});

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.get('/connect', (request, response) => response.redirect(auth.code.getUri()));

app.get('/callback', async (request, response) => {
  const user = await auth.code.getToken(request.originalUrl);
  request.session.token = { ...user.data, expires: user.expires };
  response.send('connected');
});

function tokenOf({ expires, ...data }) {
  const token = auth.createToken(data);
  token.expiresIn(new Date(expires));
  return token;
}

app.get('/call', async (request, response) => {
  if (request.session.token === undefined) return response.status(401).send('not connected');
  let token = tokenOf(request.session.token);
  if (token.expired()) {
    token = await token.refresh();
    request.session.token = { ...token.data, expires: token.expires };
  }
  const { url, ...options } = token.sign({ method: 'get', url: settings.resource });
  const answer = await fetch(url, options);
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', (request, response) => {
  delete request.session.token;
  response.send('disconnected');
});

app.listen(settings.port);

// openid-client, as the quick start of its README shows.
import express from 'express';
import session from 'express-session';
import * as client from 'openid-client';
import * as settings from './settings.js';

const config = new client.Configuration(
  {
    issuer: settings.issuer,
    authorization_endpoint: settings.authorizeUrl,
    token_endpoint: settings.tokenUrl,
    revocation_endpoint: settings.revokeUrl,
  },
  settings.clientId,
  settings.clientSecret,
);
client.allowInsecureRequests(config);

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.get('/connect', async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  const parameters = {
    redirect_uri: settings.redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  if (!config.serverMetadata().supportsPKCE()) parameters.state = client.randomState();
  request.session.flow = { verifier, state: parameters.state };
  response.redirect(client.buildAuthorizationUrl(config, parameters).href);
});

app.get('/callback', async (request, response) => {
  const { verifier, state } = request.session.flow;
  const url = new URL(request.originalUrl, settings.origin);
  request.session.tokens = await client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  response.send('connected');
});

async function call({ access_token }) {
  try {
    return await client.fetchProtectedResource(config, access_token, new URL(settings.resource), 'GET');
  } catch (error) {
    // thrown for an answer with a WWW-Authenticate challenge
    if (!(error instanceof client.WWWAuthenticateChallengeError)) throw error;
    return error.response;
  }
}

app.get('/call', async (request, response) => {
  const { tokens } = request.session;
  if (tokens === undefined) return response.status(401).send('not connected');
  let answer = await call(tokens);
  if (answer.status === 401) {
    request.session.tokens = { ...tokens, ...(await client.refreshTokenGrant(config, tokens.refresh_token)) };
    answer = await call(request.session.tokens);
  }
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', async (request, response) => {
  const { tokens } = request.session;
  delete request.session.tokens;
  if (tokens !== undefined && settings.revokeUrl !== undefined) {
    await client.tokenRevocation(config, tokens.refresh_token);
  }
  response.send('disconnected');
});

app.listen(settings.port);

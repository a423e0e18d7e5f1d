// oauth4webapi, as examples/client_secret_post.ts and examples/refresh_token.ts of its repository show.
import express from 'express';
import session from 'express-session';
import * as oauth from 'oauth4webapi';
import * as settings from './settings.js';

const as = {
  issuer: settings.issuer,
  authorization_endpoint: settings.authorizeUrl,
  token_endpoint: settings.tokenUrl,
  revocation_endpoint: settings.revokeUrl,
};
const client = { client_id: settings.clientId };
const clientAuth = oauth.ClientSecretPost(settings.clientSecret);
const options = { [oauth.allowInsecureRequests]: true };

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));

app.get('/connect', async (request, response) => {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(as.authorization_endpoint);
  url.searchParams.set('client_id', client.client_id);
  url.searchParams.set('redirect_uri', settings.redirectUri);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
  url.searchParams.set('code_challenge_method', 'S256');
  url.searchParams.set('state', state);
  request.session.flow = { verifier, state };
  response.redirect(url.href);
});

app.get('/callback', async (request, response) => {
  const { verifier, state } = request.session.flow;
  const url = new URL(request.originalUrl, settings.origin);
  const parameters = oauth.validateAuthResponse(as, client, url, state);
  const { redirectUri } = settings;
  const answer = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    clientAuth,
    parameters,
    redirectUri,
    verifier,
    options,
  );
  request.session.tokens = await oauth.processAuthorizationCodeResponse(as, client, answer);
  response.send('connected');
});

async function refreshed(tokens) {
  const answer = await oauth.refreshTokenGrantRequest(as, client, clientAuth, tokens.refresh_token, options);
  return { ...tokens, ...(await oauth.processRefreshTokenResponse(as, client, answer)) };
}

async function call({ access_token }) {
  const url = new URL(settings.resource);
  try {
    return await oauth.protectedResourceRequest(access_token, 'GET', url, undefined, undefined, options);
  } catch (error) {
    // thrown for an answer with a WWW-Authenticate challenge
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
    return error.response;
  }
}

app.get('/call', async (request, response) => {
  const { tokens } = request.session;
  if (tokens === undefined) return response.status(401).send('not connected');
  let answer = await call(tokens);
  if (answer.status === 401) {
    request.session.tokens = await refreshed(tokens);
    answer = await call(request.session.tokens);
  }
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', async (request, response) => {
  const { tokens } = request.session;
  delete request.session.tokens;
  if (tokens !== undefined && as.revocation_endpoint !== undefined) {
    const answer = await oauth.revocationRequest(as, client, clientAuth, tokens.refresh_token, options);
    await oauth.processRevocationResponse(answer);
  }
  response.send('disconnected');
});

app.listen(settings.port);

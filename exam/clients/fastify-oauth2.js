// @fastify/oauth2, as its README shows, with PKCE as in examples/google-with-pkce.js.
import { randomUUID } from 'node:crypto';
import oauthPlugin from '@fastify/oauth2';
import Fastify from 'fastify';
import * as settings from './settings.js';

/** Tokens by session. */
const sessions = new Map();

const fastify = Fastify();
fastify.register(oauthPlugin, {
  name: 'provider',
  credentials: {
    client: { id: settings.clientId, secret: settings.clientSecret },
    auth: {
      authorizeHost: new URL(settings.authorizeUrl).origin,
      authorizePath: new URL(settings.authorizeUrl).pathname,
      tokenHost: new URL(settings.tokenUrl).origin,
      tokenPath: new URL(settings.tokenUrl).pathname,
      ...(settings.revokeUrl === undefined ? {} : { revokePath: new URL(settings.revokeUrl).pathname }),
    },
  },
  // without the option, the plugin sends `scope=undefined`
  scope: [],
  startRedirectPath: '/connect',
  callbackUri: settings.redirectUri,
  pkce: 'S256',
});

fastify.get('/callback', async function (request, reply) {
  const id = randomUUID();
  sessions.set(id, await this.provider.getAccessTokenFromAuthorizationCodeFlow(request, reply));
  reply.setCookie('session', id, { httpOnly: true, path: '/' });
  return 'connected';
});

fastify.get('/call', async function (request, reply) {
  let accessToken = sessions.get(request.cookies.session);
  if (accessToken === undefined) return reply.code(401).send('not connected');
  if (accessToken.expired()) {
    accessToken = await this.provider.getNewAccessTokenUsingRefreshToken(accessToken.token);
    sessions.set(request.cookies.session, accessToken);
  }
  const { access_token } = accessToken.token;
  const answer = await fetch(settings.resource, { headers: { authorization: `Bearer ${access_token}` } });
  return reply.code(answer.ok ? 200 : 502).send(await answer.text());
});

fastify.get('/disconnect', async function (request) {
  const accessToken = sessions.get(request.cookies.session);
  sessions.delete(request.cookies.session);
  if (accessToken !== undefined && settings.revokeUrl !== undefined) {
    await this.provider.revokeAllToken(accessToken.token);
  }
  return 'disconnected';
});

await fastify.listen({ port: settings.port, host: 'localhost' });

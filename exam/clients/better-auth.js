// better-auth with its plugin for any OAuth provider, as its page "Generic OAuth" shows. Its redirect URI is
// /api/auth/callback/{provider}.
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { genericOAuth } from 'better-auth/plugins';
import express from 'express';
import * as settings from './settings.js';

const authorized = (accessToken) => fetch(settings.resource, { headers: { authorization: `Bearer ${accessToken}` } });

const auth = betterAuth({
  baseURL: settings.origin,
  secret: 'a secret of at least thirty-two characters',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  plugins: [
    genericOAuth({
      config: [
        {
          providerId: settings.provider,
          clientId: settings.clientId,
          clientSecret: settings.clientSecret,
          authorizationUrl: settings.authorizeUrl,
          tokenUrl: settings.tokenUrl,
          getUserInfo: async ({ accessToken }) => {
            const profile = await (await authorized(accessToken)).json();
            const { id, email, name } = personOf(profile);
            return { id, email, name, emailVerified: true };
          },
        },
      ],
    }),
  ],
});

/** Each provider has a profile of its own, and better-auth identifies a person by id and email. */
function personOf(profile) {
  const person = profile.data ?? profile;
  const email = person.email ?? person.Username ?? person.username;
  return { id: person.id ?? person.UID ?? email, email, name: person.name ?? email };
}

const app = express();
app.all('/api/auth/{*any}', toNodeHandler(auth));

app.get('/connect', async (request, response) => {
  const { headers, response: answer } = await auth.api.signInSocial({
    body: { provider: settings.provider, callbackURL: '/connected', errorCallbackURL: '/refused' },
    headers: fromNodeHeaders(request.headers),
    returnHeaders: true,
  });
  response.setHeader('set-cookie', headers.getSetCookie()).redirect(answer.url);
});

app.get('/connected', (request, response) => response.send('connected'));
app.get('/refused', (request, response) => response.status(403).send('not connected'));

app.get('/call', async (request, response) => {
  const headers = fromNodeHeaders(request.headers);
  if ((await auth.api.getSession({ headers })) === null) return response.status(401).send('not connected');
  const [account] = await auth.api.listUserAccounts({ headers });
  const { accessToken } = await auth.api.getAccessToken({ body: { accountId: account.id }, headers });
  const answer = await authorized(accessToken);
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', async (request, response) => {
  const headers = fromNodeHeaders(request.headers);
  await auth.api.signOut({ headers });
  response.send('disconnected');
});

app.listen(settings.port);

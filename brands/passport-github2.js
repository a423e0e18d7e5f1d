// passport-github2, in an application with Express as its documentation shows it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-github2';
import { client, play, redirectUri } from '../test/journeys/brands/brand.ts';

const strategy = new Strategy(
  {
    clientID: client.id,
    clientSecret: client.secret,
    callbackURL: redirectUri,
    scope: ['user:email'],
    state: true,
  },
  (accessToken, refreshToken, profile, done) => done(null, { accessToken, refreshToken, profile }),
);

const app = express();
app.use(session({ secret: 'of this test', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
passport.use(strategy);
app.get('/login', passport.authenticate('github'));
app.get('/callback', passport.authenticate('github', { session: false }), (request, response) => {
  response.json(request.user);
});
// Express knows an error handler by its four parameters
app.use((error, _request, response, _next) => {
  response.status(500).json({ name: error.name, message: error.message, code: error.code });
});

/** Begins at the login of the application. Returns the URL of the provider, and the session. */
async function begin(url) {
  const answer = await fetch(`${url}/login`, { redirect: 'manual' });
  return { location: answer.headers.get('location'), cookie: answer.headers.getSetCookie()[0].split(';')[0] };
}

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

await play('passport-github2', {
  github: async (brand) => {
    const { location, cookie } = await begin(url);
    const callback = await brand.login(location);
    const answer = await fetch(`${url}/callback${callback.search}`, { headers: { cookie } });
    const { accessToken, profile } = await answer.json();
    assert.match(accessToken, /^gho_/);
    brand.did('exchange');
    assert.deepEqual(
      [profile.username, profile.displayName, profile.emails, profile.provider],
      ['ada', 'Ada Lovelace', [{ value: 'ada@example.test' }], 'github'],
    );
    brand.did('api');

    await brand.advance('400d');
    const again = await new Promise((resolve, reject) => {
      strategy.userProfile(accessToken, (error, found) => (error ? reject(error) : resolve(found)));
    });
    assert.equal(again.username, 'ada', 'a token of an OAuth app does not expire');

    const other = await begin(url);
    const state = new URL(other.location).searchParams.get('state');
    const twice = new URLSearchParams({ code: callback.searchParams.get('code'), state });
    const refused = await fetch(`${url}/callback?${twice}`, { headers: { cookie: other.cookie } });
    const error = await refused.json();
    return `${error.name}: ${error.message}`;
  },
});
server.close();

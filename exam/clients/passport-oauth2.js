// passport-oauth2, as its README shows. The example there sends no state and no PKCE, although the library has options
// for both.
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import * as settings from './settings.js';

passport.use(
  new OAuth2Strategy(
    {
      authorizationURL: settings.authorizeUrl,
      tokenURL: settings.tokenUrl,
      clientID: settings.clientId,
      clientSecret: settings.clientSecret,
      callbackURL: settings.redirectUri,
    },
    (accessToken, refreshToken, profile, done) => done(null, { accessToken, refreshToken }),
  ),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }));
app.use(passport.session());

app.get('/connect', passport.authenticate('oauth2'));
app.get('/callback', passport.authenticate('oauth2'), (request, response) => response.send('connected'));

app.get('/call', async (request, response) => {
  if (!request.isAuthenticated()) return response.status(401).send('not connected');
  const answer = await fetch(settings.resource, { headers: { authorization: `Bearer ${request.user.accessToken}` } });
  response.status(answer.ok ? 200 : 502).send(await answer.text());
});

app.get('/disconnect', (request, response, next) => {
  request.logout((error) => (error ? next(error) : response.send('disconnected')));
});

app.listen(settings.port);

// oauth2-mock-server as in its README: one signing key and default settings.
import { OAuth2Server } from 'oauth2-mock-server';
import { ready } from './fixed.js';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
ready(server.address().port);

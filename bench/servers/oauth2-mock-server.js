// oauth2-mock-server as its README starts it: one signing key, nothing else set.
import { OAuth2Server } from 'oauth2-mock-server';
import { ready } from './fixed.js';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
ready(server.address().port);

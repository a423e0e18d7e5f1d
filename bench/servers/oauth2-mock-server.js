// oauth2-mock-server as in its README: one signing key and default settings.
import { createServer } from 'node:http';
import { OAuth2Issuer, OAuth2Server, OAuth2Service } from 'oauth2-mock-server';
import { ready } from './fixed.js';
import { worldsOf } from './worlds.js';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');

const worlds = worldsOf(async () => {
  const issuer = new OAuth2Issuer();
  issuer.url = 'http://127.0.0.1';
  await issuer.keys.generate('RS256');
  return new OAuth2Service(issuer).requestHandler;
});
// The server itself cannot be given a listener, so another port leads to the worlds.
const front = createServer(async (request, response) => {
  if (!(await worlds(request, response))) response.writeHead(404).end();
});
await server.start(0, '127.0.0.1');
front.listen(0, '127.0.0.1', () => {
  ready(server.address().port, { control: `http://127.0.0.1:${front.address().port}` });
});

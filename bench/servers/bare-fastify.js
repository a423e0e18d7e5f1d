// Lower bound for servers on Fastify: it parses the form and answers a fixed token.
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { fixedResource, fixedToken, ready } from './fixed.js';

const app = fastify();
await app.register(formbody);
app.post('/token', (_request, reply) => {
  reply.header('cache-control', 'no-store').send(fixedToken);
});
app.get('/resource', (_request, reply) => {
  reply.send(fixedResource);
});
await app.listen({ port: 0, host: '127.0.0.1' });
ready(app.server.address().port);

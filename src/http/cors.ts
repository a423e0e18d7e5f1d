import type { FastifyInstance } from 'fastify';

/** Lets scripts of any origin read answers, where the provider does so: MailUp's browser sample calls it cross-origin. */
export function corsHook(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin, 'access-control-request-method': asked } = request.headers;
    if (origin === undefined || !request.realm.policy.cors) {
      done();
      return;
    }
    reply.header('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS' && asked !== undefined) {
      const headers = request.headers['access-control-request-headers'] ?? '*';
      void reply.code(204).header('access-control-allow-methods', asked).header('access-control-allow-headers', headers).send();
      return;
    }
    done();
  });
}

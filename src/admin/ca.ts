import { notFound } from './admin-error.js';
import { RawAnswer, defineRoute } from './route.js';
import { Type } from 'typebox';

/** The call for the certificate that clients have to trust. */
export const caRoutes = [
  defineRoute({
    method: 'GET',
    path: '/ca.pem',
    tag: 'server',
    scope: 'server',
    summary:
      'Read the certificate of the authority that signs the certificates of this server. It needs no admin token',
    answers: { 200: Type.String({ description: 'A certificate in PEM' }) },
    mediaTypes: ['application/x-pem-file'],
    handle({ caCertificate }) {
      if (caCertificate !== undefined) return new RawAnswer('application/x-pem-file', caCertificate);
      throw notFound(
        'No certificate authority',
        'There is no certificate authority here. Start the server with --proxy, or with --tls and without --tls-cert.',
        [],
      );
    },
  }),
];
